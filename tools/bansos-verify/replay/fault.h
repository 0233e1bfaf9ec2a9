// Fault: which rule an event breaks, and why in words. Verdict: a fault, or nothing when the event
// is allowed. Every check of the reference ledger returns a Verdict and changes nothing. Value
// types.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_FAULT_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_FAULT_H_

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"

namespace bansos::replay {

struct Fault {
  // Name of the check as docs/RULES.md writes it: "kQuotaExceeded". The names that RULES.md does
  // not have, because no command can break them, are listed in reference_ledger.h.
  std::string rule;
  // What is wrong, with the ids and numbers that show it.
  std::string reason;
  bool operator==(const Fault&) const = default;
};

using Verdict = std::optional<Fault>;

inline constexpr std::nullopt_t kAllowed = std::nullopt;

template <typename... Parts>
Fault Broken(const char* rule, const Parts&... parts) {
  return {rule, absl::StrCat(parts...)};
}

}  // namespace bansos::replay

// Hands on the first fault.
#define RETURN_IF_FAULT(expression)                                                               \
  do {                                                                                            \
    if (::bansos::replay::Verdict verdict_ = (expression); verdict_.has_value()) return verdict_; \
  } while (false)

// Faults unless the condition holds: FAULT_UNLESS(count > 0, "kBatchEmpty", "the list of ", batch).
#define FAULT_UNLESS(condition, ...)                                \
  do {                                                              \
    if (!(condition)) return ::bansos::replay::Broken(__VA_ARGS__); \
  } while (false)

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_FAULT_H_
