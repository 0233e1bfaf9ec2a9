#include "tools/bansos-verify/replay/state.h"

#include "absl/strings/str_format.h"

namespace bansos::replay {

bool IsPublishedArea(const State& state, uint32_t area) {
  if (area < 1000 || area > 9999) return false;
  return state.areas.contains(absl::StrFormat("%02u.%02u", area / 100, area % 100));
}

std::optional<uint64_t> EntitlementThatOwes(const State& state, const TrancheRecipientId& id) {
  const std::vector<uint64_t>* decrees = Find(state.entitlements_of, id.recipient);
  if (decrees == nullptr) return std::nullopt;
  for (auto decree = decrees->rbegin(); decree != decrees->rend(); ++decree) {
    const EntitlementRecord& entitlement = state.entitlements.at(*decree);
    if (entitlement.candidate.program == id.program && entitlement.Owes(id.tranche)) return *decree;
  }
  return std::nullopt;
}

Balance BalanceOf(const State& state, const std::string& line) {
  const Balance* balance = Find(state.balances, line);
  return balance == nullptr ? Balance{} : *balance;
}

}  // namespace bansos::replay
