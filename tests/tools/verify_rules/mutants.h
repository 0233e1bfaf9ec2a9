// Mutants: what an entry becomes when one field of its event is changed and the event is encoded
// properly again. Pure functions.
#ifndef TESTS_TOOLS_VERIFY_RULES_MUTANTS_H_
#define TESTS_TOOLS_VERIFY_RULES_MUTANTS_H_

#include <string>
#include <vector>

namespace bansos::testing {

struct Mutant {
  // Message and field that differ, and how: "Movement.amount + 1".
  std::string field;
  std::string change;
  std::string entry;
};

// Every field of the event once, at any depth: numbers + 1, enumerations to another value, texts
// and bytes in their last character, lists by one element, what is not stated to a value, messages
// left out.
std::vector<Mutant> MutantsOf(const std::string& entry);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_RULES_MUTANTS_H_
