// RuleStatement: one sentence of a rule table as a command. The sentences are for a finance officer
// to read; tests/domain/rules/README.md lists them.
#ifndef TESTS_SUPPORT_RULE_STATEMENT_H_
#define TESTS_SUPPORT_RULE_STATEMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"

namespace bansos::testing {

// Money of each tranche in the tables, small so that sums can be done in the head.
inline constexpr Rupiah kTableAmount = 100;

// The words of a sentence: the first is the verb, the others name what it is about or come in
// pairs such as "slot 3".
class Words {
 public:
  explicit Words(const std::string& sentence);
  const std::string& verb() const { return words_[0]; }
  // The word at a place, or "" past the end.
  std::string At(size_t place) const;
  // The word after `name`, or `otherwise`.
  std::string After(const std::string& name, const std::string& otherwise = "") const;
  uint64_t Number(const std::string& name, uint64_t otherwise = 0) const;
  bool Has(const std::string& name) const;

 private:
  std::vector<std::string> words_;
};

// The command that `actor` states with the sentence. `row` makes document numbers unique. What a
// sentence leaves out (payee position, fact version, rule set) is taken from the state.
absl::StatusOr<Command> ParseStatement(const std::string& actor, const std::string& sentence,
                                       int row, const State& state);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_RULE_STATEMENT_H_
