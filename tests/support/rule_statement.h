// RuleStatement: one sentence of a rule table as a command. The sentences are for a finance officer
// to read; tests/domain/rules/README.md lists them.
#ifndef TESTS_SUPPORT_RULE_STATEMENT_H_
#define TESTS_SUPPORT_RULE_STATEMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"
#include "tests/support/words.h"

namespace bansos::testing {

// Money of each tranche in the tables, small so that sums can be done in the head.
inline constexpr Rupiah kTableAmount = 100;

// The command that `actor` states with the sentence. `row` makes document numbers unique. What a
// sentence leaves out (payee position, fact version, rule set) is taken from the state.
absl::StatusOr<Command> ParseStatement(const std::string& actor, const std::string& sentence,
                                       int row, const State& state);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_RULE_STATEMENT_H_
