#include "tools/bansos-verify/replay/criterion.h"

namespace bansos::replay {
namespace {

struct Counts {
  int true_parts = 0;
  int false_parts = 0;
  int unknown_parts = 0;
};

v1::Truth Not(v1::Truth truth) {
  if (truth == v1::TRUTH_TRUE) return v1::TRUTH_FALSE;
  if (truth == v1::TRUTH_FALSE) return v1::TRUTH_TRUE;
  return v1::TRUTH_UNKNOWN;
}

v1::Truth TruthOf(bool value) { return value ? v1::TRUTH_TRUE : v1::TRUTH_FALSE; }

Counts CountParts(const v1::Expression& expression, const OperandValues& values) {
  Counts counts;
  for (const v1::Expression& part : expression.parts()) {
    const v1::Truth truth = Evaluate(part, values);
    if (truth == v1::TRUTH_TRUE) ++counts.true_parts;
    if (truth == v1::TRUTH_FALSE) ++counts.false_parts;
    if (truth == v1::TRUTH_UNKNOWN) ++counts.unknown_parts;
  }
  return counts;
}

v1::Truth All(const Counts& counts) {
  if (counts.false_parts > 0) return v1::TRUTH_FALSE;
  return counts.unknown_parts > 0 ? v1::TRUTH_UNKNOWN : v1::TRUTH_TRUE;
}

v1::Truth Any(const Counts& counts) {
  if (counts.true_parts > 0) return v1::TRUTH_TRUE;
  return counts.unknown_parts > 0 ? v1::TRUTH_UNKNOWN : v1::TRUTH_FALSE;
}

v1::Truth AtLeast(const Counts& counts, int wanted) {
  if (counts.true_parts >= wanted) return v1::TRUTH_TRUE;
  return counts.true_parts + counts.unknown_parts < wanted ? v1::TRUTH_FALSE : v1::TRUTH_UNKNOWN;
}

bool CompareNumber(const v1::Expression& comparison, int64_t value) {
  const int64_t other = comparison.numbers(0);
  switch (comparison.operator_()) {
    case v1::OPERATOR_EQUAL:
      return value == other;
    case v1::OPERATOR_NOT_EQUAL:
      return value != other;
    case v1::OPERATOR_LESS:
      return value < other;
    case v1::OPERATOR_LESS_OR_EQUAL:
      return value <= other;
    case v1::OPERATOR_GREATER:
      return value > other;
    case v1::OPERATOR_GREATER_OR_EQUAL:
      return value >= other;
    case v1::OPERATOR_HAS_ANY_BIT:
      return (value & other) != 0;
    case v1::OPERATOR_HAS_ALL_BITS:
      return (value & other) == other;
    case v1::OPERATOR_HAS_NO_BIT:
      return (value & other) == 0;
    default:  // OPERATOR_IN
      for (int64_t candidate : comparison.numbers()) {
        if (value == candidate) return true;
      }
      return false;
  }
}

bool CompareText(const v1::Expression& comparison, const std::string& value) {
  bool equal = false;
  for (const std::string& candidate : comparison.texts()) equal = equal || value == candidate;
  return comparison.operator_() == v1::OPERATOR_NOT_EQUAL ? !equal : equal;
}

}  // namespace

v1::Truth Evaluate(const v1::Expression& expression, const OperandValues& values) {
  switch (expression.operator_()) {
    case v1::OPERATOR_ALL:
      return All(CountParts(expression, values));
    case v1::OPERATOR_ANY:
      return Any(CountParts(expression, values));
    case v1::OPERATOR_NONE:
      return Not(Any(CountParts(expression, values)));
    case v1::OPERATOR_AT_LEAST:
      return AtLeast(CountParts(expression, values), static_cast<int>(expression.at_least()));
    default:
      break;
  }
  const OperandValue value = values(expression);
  if (value.text.has_value()) return TruthOf(CompareText(expression, *value.text));
  if (value.number.has_value()) return TruthOf(CompareNumber(expression, *value.number));
  return v1::TRUTH_UNKNOWN;
}

OperandsUsed UsedBy(const v1::Expression& expression) {
  OperandsUsed used{.indicators = !expression.indicator().empty(),
                    .facts = expression.fact() != v1::LEDGER_FACT_UNSPECIFIED};
  for (const v1::Expression& part : expression.parts()) {
    const OperandsUsed below = UsedBy(part);
    used.indicators = used.indicators || below.indicators;
    used.facts = used.facts || below.facts;
  }
  return used;
}

OperandValue LedgerFactOf(const State& state, const CandidateId& candidate, v1::LedgerFact fact) {
  const RecipientRecord& recipient = state.recipients.at(candidate.recipient);
  const CandidateRecord& proposal = state.candidates.at(candidate);
  switch (fact) {
    case v1::LEDGER_FACT_KIND:
      return {.number = recipient.kind};
    case v1::LEDGER_FACT_ALIVE:
      return {.number = recipient.alive ? 1 : 0};
    case v1::LEDGER_FACT_CLASS:
      return {.text = proposal.candidate_class};
    case v1::LEDGER_FACT_WORK_AREA:
      if (proposal.work_area == 0) return {};
      return {.number = proposal.work_area};
    case v1::LEDGER_FACT_RESIDENCE:
      return {.number = recipient.area};
    case v1::LEDGER_FACT_OTHER_ENTITLEMENTS: {
      int64_t running = 0;
      const std::vector<uint64_t>* decrees = Find(state.entitlements_of, candidate.recipient);
      for (uint64_t decree : decrees == nullptr ? std::vector<uint64_t>{} : *decrees) {
        const EntitlementRecord& entitlement = state.entitlements.at(decree);
        if (entitlement.running && entitlement.candidate.program != candidate.program) ++running;
      }
      return {.number = running};
    }
    default:
      return {};
  }
}

v1::Outcome OutcomeOf(const v1::EligibilityDecided& decided) {
  bool one_false = false;
  bool all_true = true;
  for (const auto& truths : {decided.indicator_truths(), decided.fact_truths()}) {
    for (int truth : truths) {
      one_false = one_false || truth == v1::TRUTH_FALSE;
      all_true = all_true && truth == v1::TRUTH_TRUE;
    }
  }
  if (one_false) return v1::OUTCOME_INELIGIBLE;
  return all_true ? v1::OUTCOME_ELIGIBLE : v1::OUTCOME_UNDETERMINED;
}

}  // namespace bansos::replay
