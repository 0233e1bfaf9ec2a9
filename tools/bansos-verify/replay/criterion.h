// Criteria of a rule set: are they well formed, and what is their truth (Kleene's three values).
// Missing is unknown: a comparison of an unknown operand is unknown. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_CRITERION_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_CRITERION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

// Operators with their operands, depth, nodes: kBadCriterion.
Verdict CheckWellFormed(const v1::Criterion& criterion);

// What the comparisons of an expression are over. A combination without comparisons has neither.
struct OperandsUsed {
  bool indicators = false;
  bool facts = false;
};
OperandsUsed UsedBy(const v1::Expression& expression);

// Value of an operand: a number, or a text for LEDGER_FACT_CLASS; neither when unknown.
struct OperandValue {
  std::optional<int64_t> number = std::nullopt;
  std::optional<std::string> text = std::nullopt;
};
using OperandValues = std::function<OperandValue(const v1::Expression& comparison)>;

// REQUIRES: the expression is well formed.
v1::Truth Evaluate(const v1::Expression& expression, const OperandValues& values);

// What the ledger knows of a candidate, for the criteria over ledger facts.
OperandValue LedgerFactOf(const State& state, const CandidateId& candidate, v1::LedgerFact fact);

// All true: eligible. One false: ineligible. Else undetermined.
v1::Outcome OutcomeOf(const v1::EligibilityDecided& decided);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_CRITERION_H_
