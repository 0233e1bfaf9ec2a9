#include "ledger/domain/criterion.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

bool IsCombination(Operator op) { return op >= Operator::kAll && op <= Operator::kAtLeast; }
bool IsComparison(Operator op) { return op >= Operator::kEqual && op <= Operator::kHasNoBit; }

// What an expression was found to use.
struct Usage {
  int nodes = 0;
  bool indicators = false;
  bool facts = false;
};

const char* ShapeFault(const Expression& e) {
  if (IsCombination(e.op)) {
    if (e.parts.empty()) return "a combination without parts";
    if (!e.indicator.empty() || e.fact != LedgerFact::kNone) return "a combination with an operand";
    if (!e.numbers.empty() || !e.texts.empty()) return "a combination with values";
    const bool counts = e.op == Operator::kAtLeast;
    if (counts && (e.at_least < 1 || e.at_least > e.parts.size())) return "at_least out of range";
    if (!counts && e.at_least != 0) return "at_least with another operator";
    return nullptr;
  }
  if (!IsComparison(e.op)) return "an unknown operator";
  if (!e.parts.empty() || e.at_least != 0) return "a comparison with parts";
  const bool has_fact = e.fact != LedgerFact::kNone;
  if (e.indicator.empty() != has_fact) return "a comparison needs exactly one operand";
  if (e.fact > LedgerFact::kOtherEntitlements) return "an unknown ledger fact";
  const bool texts = e.fact == LedgerFact::kClass;
  if (texts && e.op != Operator::kEqual && e.op != Operator::kNotEqual && e.op != Operator::kIn) {
    return "a class can only be compared with EQUAL, NOT_EQUAL or IN";
  }
  const size_t values = texts ? e.texts.size() : e.numbers.size();
  if (!(texts ? e.numbers.empty() : e.texts.empty())) return "values of the wrong type";
  if (e.op == Operator::kIn ? values == 0 : values != 1) return "the wrong number of values";
  return nullptr;
}

Check CheckExpression(const LedgerState& ledger, const std::string& id, const Expression& e,
                      int depth, Usage& usage) {
  ++usage.nodes;
  const auto refuse = [&](const char* why) {
    return Refusal{RefusalCode::kBadCriterion, absl::StrCat("criterion ", id, ": ", why)};
  };
  if (depth > kMaxExpressionDepth || usage.nodes > kMaxExpressionNodes) return refuse("too large");
  if (const char* fault = ShapeFault(e)) return refuse(fault);
  if (!e.indicator.empty()) {
    usage.indicators = true;
    const bool known =
        std::any_of(ledger.catalogues.begin(), ledger.catalogues.end(), [&](const auto& catalogue) {
          const auto it = catalogue.second.indicators.find(e.indicator);
          return it != catalogue.second.indicators.end() && it->second != IndicatorKind::kIdentity;
        });
    REFUSE_IF(!known, RefusalCode::kIndicatorUnknown,
              absl::StrCat("criterion ", id, " uses ", e.indicator));
  }
  if (e.fact != LedgerFact::kNone) usage.facts = true;
  for (const Expression& part : e.parts) {
    RETURN_IF_REFUSED(CheckExpression(ledger, id, part, depth + 1, usage));
  }
  return std::nullopt;
}

Truth Of(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

Truth Negate(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return Of(truth == Truth::kFalse);
}

// What an operand holds: a number, a text, or neither when it is unknown.
struct Operand {
  std::optional<int64_t> number;
  std::optional<std::string> text;
};
using OperandLookup = absl::FunctionRef<Operand(const Expression&)>;

Truth Compare(const Expression& e, const Operand& operand) {
  if (operand.text) {
    const bool found = std::find(e.texts.begin(), e.texts.end(), *operand.text) != e.texts.end();
    return Of(found == (e.op != Operator::kNotEqual));
  }
  if (!operand.number) return Truth::kUnknown;
  const int64_t value = *operand.number;
  const int64_t other = e.numbers.front();
  switch (e.op) {
    case Operator::kEqual:
      return Of(value == other);
    case Operator::kNotEqual:
      return Of(value != other);
    case Operator::kLess:
      return Of(value < other);
    case Operator::kLessOrEqual:
      return Of(value <= other);
    case Operator::kGreater:
      return Of(value > other);
    case Operator::kGreaterOrEqual:
      return Of(value >= other);
    case Operator::kIn:
      return Of(std::find(e.numbers.begin(), e.numbers.end(), value) != e.numbers.end());
    case Operator::kHasAnyBit:
      return Of((value & other) != 0);
    case Operator::kHasAllBits:
      return Of((value & other) == other);
    case Operator::kHasNoBit:
      return Of((value & other) == 0);
    default:
      return Truth::kUnknown;
  }
}

Truth Evaluate(const Expression& e, OperandLookup lookup) {
  if (!IsCombination(e.op)) return Compare(e, lookup(e));
  size_t trues = 0, unknowns = 0;
  for (const Expression& part : e.parts) {
    const Truth truth = Evaluate(part, lookup);
    trues += truth == Truth::kTrue;
    unknowns += truth == Truth::kUnknown;
  }
  const auto at_least = [&](size_t n) {
    if (trues >= n) return Truth::kTrue;
    return trues + unknowns < n ? Truth::kFalse : Truth::kUnknown;
  };
  switch (e.op) {
    case Operator::kAll:
      return at_least(e.parts.size());
    case Operator::kAny:
      return at_least(1);
    case Operator::kNone:
      return Negate(at_least(1));
    default:
      return at_least(e.at_least);
  }
}

Operand FactOf(LedgerFact fact, const State& state, const ProgramState& program,
               const RecipientState& recipient, RecipientNumber number) {
  const Candidacy* candidacy = program.FindCandidacy(number);
  switch (fact) {
    case LedgerFact::kKind:
      return {static_cast<int64_t>(recipient.kind), {}};
    case LedgerFact::kAlive:
      return {recipient.died_on == 0 ? 1 : 0, {}};
    case LedgerFact::kClass:
      if (candidacy == nullptr) return {};
      return {{}, candidacy->candidate_class};
    case LedgerFact::kWorkArea:
      if (candidacy == nullptr || candidacy->work_area == 0) return {};
      return {candidacy->work_area, {}};
    case LedgerFact::kResidence:
      return {recipient.area, {}};
    case LedgerFact::kOtherEntitlements:
      return {state.OtherEntitlements(number, program), {}};
    default:
      return {};
  }
}

}  // namespace

CriterionKind KindOf(const Criterion& criterion) {
  const Expression* e = &criterion.expression;
  while (!e->parts.empty()) e = &e->parts.front();
  return e->indicator.empty() ? CriterionKind::kOverFacts : CriterionKind::kOverIndicators;
}

Check CheckCriterion(const LedgerState& ledger, const Criterion& criterion) {
  Usage usage;
  RETURN_IF_REFUSED(CheckExpression(ledger, criterion.id, criterion.expression, 1, usage));
  REFUSE_IF(usage.indicators && usage.facts, RefusalCode::kMixedCriterion,
            absl::StrCat("criterion ", criterion.id));
  return std::nullopt;
}

Truth EvaluateIndicators(const Criterion& criterion, IndicatorLookup lookup) {
  return Evaluate(criterion.expression, [&](const Expression& e) {
    return Operand{lookup(e.indicator), {}};
  });
}

std::vector<Truth> EvaluateIndicators(const RuleSetPublished& rule_set, IndicatorLookup lookup) {
  std::vector<Truth> truths;
  for (const Criterion& criterion : rule_set.criteria) {
    if (KindOf(criterion) != CriterionKind::kOverIndicators) continue;
    truths.push_back(EvaluateIndicators(criterion, lookup));
  }
  return truths;
}

std::vector<Truth> EvaluateFacts(const RuleSetPublished& rule_set, const State& state,
                                 const ProgramState& program, RecipientNumber number) {
  std::vector<Truth> truths;
  const RecipientState* recipient = state.FindRecipient(number);
  if (recipient == nullptr) return truths;
  for (const Criterion& criterion : rule_set.criteria) {
    if (KindOf(criterion) != CriterionKind::kOverFacts) continue;
    truths.push_back(Evaluate(criterion.expression, [&](const Expression& e) {
      return FactOf(e.fact, state, program, *recipient, number);
    }));
  }
  return truths;
}

size_t CountIndicatorCriteria(const RuleSetPublished& rule_set) {
  return std::count_if(rule_set.criteria.begin(), rule_set.criteria.end(), [](const Criterion& c) {
    return KindOf(c) == CriterionKind::kOverIndicators;
  });
}

Outcome OutcomeOf(const std::vector<Truth>& indicator_truths,
                  const std::vector<Truth>& fact_truths) {
  bool unknown = false;
  for (const auto* truths : {&indicator_truths, &fact_truths}) {
    for (const Truth truth : *truths) {
      if (truth == Truth::kFalse) return Outcome::kIneligible;
      unknown |= truth != Truth::kTrue;
    }
  }
  return unknown ? Outcome::kUndetermined : Outcome::kEligible;
}

}  // namespace bansos
