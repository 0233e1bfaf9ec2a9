// Rule sets: the criteria of a programme, version by version.
#include "tools/bansos-verify/replay/criterion.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// What is deeper than a criterion may be is left to the rule that refuses it.
Verdict CheckExpressionShape(const v1::Expression& expression, int depth) {
  FAULT_UNLESS(v1::Operator_IsValid(expression.operator_()), "kBadEnum", "operator ",
               static_cast<int>(expression.operator_()), " is not a published value");
  FAULT_UNLESS(v1::LedgerFact_IsValid(expression.fact()), "kBadEnum", "ledger fact ",
               static_cast<int>(expression.fact()), " is not a published value");
  if (!expression.indicator().empty()) {
    RETURN_IF_FAULT(CheckName(expression.indicator(), "indicator of the criterion"));
  }
  RETURN_IF_FAULT(CheckAtMost(expression.numbers_size(), kMaxExpressionValues, "count of numbers"));
  RETURN_IF_FAULT(CheckAtMost(expression.texts_size(), kMaxExpressionValues, "count of texts"));
  for (int64_t number : expression.numbers()) {
    FAULT_UNLESS(number >= -kMaxIndicatorValue && number <= kMaxIndicatorValue, "kBadNumber",
                 "a value of the criterion is ", number);
  }
  for (const std::string& text : expression.texts()) {
    RETURN_IF_FAULT(CheckText(text, "text of the criterion"));
  }
  if (depth == kMaxExpressionDepth) return kAllowed;
  for (const v1::Expression& part : expression.parts()) {
    RETURN_IF_FAULT(CheckExpressionShape(part, depth + 1));
  }
  return kAllowed;
}

// Some published catalogue has the indicator, and not as identity data in the newest of its
// versions that list it.
bool IsUsable(const State& state, const std::string& indicator) {
  std::map<std::string, v1::IndicatorKind> newest;
  for (const auto& [catalogue, indicators] : state.catalogues) {  // By name, then by version.
    const MeasuredBy* stated = Find(indicators, indicator);
    if (stated != nullptr) newest[catalogue.first] = stated->kind;
  }
  for (const auto& [catalogue, kind] : newest) {
    if (kind != v1::INDICATOR_KIND_IDENTITY) return true;
  }
  return false;
}

Verdict CheckIndicators(const State& state, const v1::Expression& expression) {
  FAULT_UNLESS(expression.indicator().empty() || IsUsable(state, expression.indicator()),
               "kIndicatorUnknown", "no published catalogue lets criteria use indicator ",
               expression.indicator());
  for (const v1::Expression& part : expression.parts()) {
    RETURN_IF_FAULT(CheckIndicators(state, part));
  }
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::RuleSetPublished& published) {
  RETURN_IF_FAULT(CheckProgramCode(published.program()));
  RETURN_IF_FAULT(CheckNumber(published.version(), kMaxVersion, "version of the rule set"));
  RETURN_IF_FAULT(CheckText(published.legal_basis(), "legal basis"));
  RETURN_IF_FAULT(CheckDate(published.date_in_force(), "date in force"));
  RETURN_IF_FAULT(CheckNumber(published.criteria_size(), kMaxCriteria, "count of criteria"));
  for (const v1::Criterion& criterion : published.criteria()) {
    RETURN_IF_FAULT(CheckName(criterion.id(), "id of the criterion"));
    RETURN_IF_FAULT(CheckText(criterion.title(), "title of the criterion"));
    RETURN_IF_FAULT(CheckExpressionShape(criterion.expression(), 1));
  }
  return kAllowed;
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::RuleSetPublished& published) {
  const ProgramRecord& program = state.programs.at(published.program());
  const uint32_t last = program.rule_sets.empty() ? 0 : program.rule_sets.rbegin()->first;
  FAULT_UNLESS(published.version() == last + 1, "kVersionOutOfOrder", "rule set of ",
               published.program(), ": version ", published.version(), " after ", last);
  if (last != 0) {
    const int32_t last_date = program.rule_sets.at(last)->date_in_force();
    FAULT_UNLESS(published.date_in_force() >= last_date, "kDateOutOfOrder", "rule set of ",
                 published.program(), " in force on ", published.date_in_force(),
                 ", before the last one's ", last_date);
  }
  std::set<std::string> ids;
  for (const v1::Criterion& criterion : published.criteria()) {
    FAULT_UNLESS(ids.insert(criterion.id()).second, "kDoubledEntry", "criterion ", criterion.id(),
                 " twice");
  }
  for (const v1::Criterion& criterion : published.criteria()) {
    RETURN_IF_FAULT(CheckWellFormed(criterion));
    const OperandsUsed used = UsedBy(criterion.expression());
    FAULT_UNLESS(!(used.indicators && used.facts), "kMixedCriterion", "criterion ", criterion.id(),
                 " is over indicators and ledger facts");
    RETURN_IF_FAULT(CheckIndicators(state, criterion.expression()));
  }
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::RuleSetPublished& published) {
  state.programs.at(published.program()).rule_sets[published.version()] =
      std::make_shared<const v1::RuleSetPublished>(published);
}

}  // namespace bansos::replay
