// Criteria: the one place that knows how a rule set's expressions are checked and evaluated, in
// three-valued logic (Kleene): what is missing is unknown, and unknown is never eligible (rule 2).
#ifndef LEDGER_DOMAIN_CRITERION_H_
#define LEDGER_DOMAIN_CRITERION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"
#include "ledger/domain/state.h"

namespace bansos {

enum class CriterionKind : uint8_t { kOverIndicators, kOverFacts };

// REQUIRES: a criterion that CheckCriterion accepts.
CriterionKind KindOf(const Criterion& criterion);

// Refuses kBadCriterion, kMixedCriterion, kIndicatorUnknown.
Check CheckCriterion(const LedgerState& ledger, const Criterion& criterion);

// A number, or nullopt when it is missing.
using IndicatorLookup = absl::FunctionRef<std::optional<int64_t>(const std::string& indicator)>;

// Truth of a criterion over indicators.
Truth EvaluateIndicators(const Criterion& criterion, IndicatorLookup lookup);

// Truths of a rule set's criteria over indicators, in order.
std::vector<Truth> EvaluateIndicators(const RuleSetPublished& rule_set, IndicatorLookup lookup);

// Truths of a rule set's criteria over ledger facts, in order.
std::vector<Truth> EvaluateFacts(const RuleSetPublished& rule_set, const State& state,
                                 const ProgramState& program, RecipientNumber recipient);

// How many criteria of the rule set are over indicators.
size_t CountIndicatorCriteria(const RuleSetPublished& rule_set);

// What follows from all truth values.
Outcome OutcomeOf(const std::vector<Truth>& indicator_truths,
                  const std::vector<Truth>& fact_truths);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_CRITERION_H_
