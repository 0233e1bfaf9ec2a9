// EventCheck: what a profile of bansos-verify checks of each entry of the log, beside the tree.
//
// The program hands over every entry in order, from position 0 on, then says how many there were.
// The first fault ends the check: after it no further call makes sense. A profile says in plain
// sentences what it does not check. Not thread-safe; may run on a thread of its own. Owned by the
// program.
#ifndef TOOLS_BANSOS_VERIFY_RULES_EVENT_CHECK_H_
#define TOOLS_BANSOS_VERIFY_RULES_EVENT_CHECK_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bansos::verify {

struct Fault {
  uint64_t position = 0;
  // Name of the check: a rule of docs/RULES.md ("kQuotaExceeded"), or one of the names that
  // reference_ledger.h, canonical.h and keys_check.h list.
  std::string rule;
  // What is wrong, with the ids and numbers that show it; never personal data.
  std::string reason;
};

inline constexpr size_t kMaxFindings = 20;

class EventCheck {
 public:
  virtual ~EventCheck() = default;

  // REQUIRES: `position` is one more than the last, 0 at first; no fault before.
  virtual std::optional<Fault> Check(uint64_t position, std::string_view entry) = 0;

  // After the last entry: `size` is how many the log has. What can only be checked over all.
  virtual std::optional<Fault> Finish(uint64_t size) = 0;

  // What the rules allow and is not in order all the same, one sentence each; no faults. At most
  // kMaxFindings of them, and a last one that counts the rest.
  virtual std::vector<std::string> Findings() const = 0;

  // What the profile does not check, one sentence each.
  virtual std::vector<std::string> Exclusions() const = 0;
};

// Profile `public`: all that the entries show without keys. The bytes are canonical, every event is
// allowed at its place by the reference ledger, both bucket equations hold after each movement, and
// at the end all balances are made anew from the payments. (with-keys: keys/keys_check.h)
std::unique_ptr<EventCheck> MakePublicCheck();

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_RULES_EVENT_CHECK_H_
