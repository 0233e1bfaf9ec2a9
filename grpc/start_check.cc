#include "grpc/start_check.h"

#include <string>
#include <vector>

#include "grpc/event_reader.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

absl::Status CheckRegistrations(const Vault& vault, const EventLog& log,
                                const std::vector<Position>& positions) {
  std::vector<RecipientNumber> numbers;
  std::vector<std::string> commitments;
  RETURN_IF_ERROR(ReadEventsAt(log, positions, [&](Position position, const Event& event) {
    const auto* registered = std::get_if<RecipientRegistered>(&event.body);
    if (registered == nullptr) {
      return absl::DataLossError(
          absl::StrCat("position ", position.value(), " holds no registration"));
    }
    numbers.push_back(registered->recipient);
    commitments.push_back(registered->key_commitment);
    return absl::OkStatus();
  }));
  std::vector<RegisteredKey> keys;
  for (size_t i = 0; i < numbers.size(); ++i) keys.push_back({numbers[i], commitments[i]});
  return vault.CheckRegistered(keys);
}

}  // namespace

absl::Status CheckVaultKnows(const Vault& vault, const EventLog& log, const State& state,
                             absl::FunctionRef<bool()> keep_going) {
  RETURN_IF_ERROR(vault.CheckGivenOut({.recipient = RecipientNumber(state.recipients.highest()),
                                       .kk = state.highest_kk_token,
                                       .account = state.highest_account_token}));
  std::vector<Position> positions;
  absl::Status checked;
  state.recipients.ForEach([&](RecipientNumber, const RecipientState& recipient) {
    if (!checked.ok()) return;
    positions.push_back(recipient.registered_at);
    if (positions.size() < kKeysPerCheck) return;
    checked = keep_going() ? CheckRegistrations(vault, log, positions)
                           : absl::CancelledError("the start was stopped");
    positions.clear();
  });
  RETURN_IF_ERROR(checked);
  return CheckRegistrations(vault, log, positions);
}

}  // namespace bansos
