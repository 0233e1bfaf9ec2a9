// Checking a whole log with a profile, for tests.
#ifndef TESTS_TOOLS_VERIFY_RULES_CHECKING_H_
#define TESTS_TOOLS_VERIFY_RULES_CHECKING_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/bansos-verify/rules/event_check.h"

namespace bansos::testing {

// The first fault.
inline std::optional<verify::Fault> CheckAll(verify::EventCheck& check,
                                             const std::vector<std::string>& entries) {
  uint64_t position = 0;
  for (const std::string& entry : entries) {
    if (auto fault = check.Check(position++, entry)) return fault;
  }
  return check.Finish(position);
}

inline std::optional<verify::Fault> CheckPublic(const std::vector<std::string>& entries) {
  return CheckAll(*verify::MakePublicCheck(), entries);
}

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_RULES_CHECKING_H_
