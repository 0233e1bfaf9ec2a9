#include "ledger/domain/shape_publications.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/shape_rules.h"

namespace bansos::shape {
namespace {

template <typename E>
Check LegalShape(const E& e) {
  RETURN_IF_REFUSED(Number("version", e.version, kMaxVersion));
  RETURN_IF_REFUSED(Text("legal basis", e.legal_basis));
  return RequiredDate("date in force", e.date_in_force);
}

Check IndicatorValue(const char* name, int64_t value) {
  REFUSE_FIELD_IF(value < -kMaxIndicatorValue || value > kMaxIndicatorValue,
                  RefusalCode::kBadNumber, name, absl::StrCat("is beyond ", kMaxIndicatorValue));
  return std::nullopt;
}

Check IndicatorShape(const Indicator& indicator) {
  RETURN_IF_REFUSED(Number("indicator number", indicator.number, kMaxIndicatorNumber));
  RETURN_IF_REFUSED(Name("indicator id", indicator.id));
  RETURN_IF_REFUSED(OneOf("indicator kind", indicator.kind, IndicatorKind::kDate));
  RETURN_IF_REFUSED(OptionalText("indicator codes", indicator.codes));
  RETURN_IF_REFUSED(OptionalText("indicator meaning", indicator.meaning));
  RETURN_IF_REFUSED(OptionalText("indicator source", indicator.source));
  RETURN_IF_REFUSED(AtMost("indicator values", indicator.values.size(), kMaxValueRanges));
  for (const ValueRange& range : indicator.values) {
    RETURN_IF_REFUSED(IndicatorValue("indicator value", range.first));
    RETURN_IF_REFUSED(IndicatorValue("indicator value", range.last));
  }
  return std::nullopt;
}

Check TrancheShapes(const std::vector<Tranche>& tranches) {
  RETURN_IF_REFUSED(Number("tranches", tranches.size(), kMaxTranches));
  for (const Tranche& tranche : tranches) {
    RETURN_IF_REFUSED(Number("tranche number", tranche.number, kMaxTranches));
    RETURN_IF_REFUSED(RequiredDate("entitlement date", tranche.entitlement_date));
  }
  return std::nullopt;
}

// What is deeper than a criterion may be is left to the rule that refuses it.
Check ExpressionShape(const Expression& e, int depth) {
  REFUSE_FIELD_IF(e.op > Operator::kHasNoBit, RefusalCode::kBadEnum, "criterion operator", "");
  REFUSE_FIELD_IF(e.fact > LedgerFact::kOtherEntitlements, RefusalCode::kBadEnum, "criterion fact",
                  "");
  if (!e.indicator.empty()) RETURN_IF_REFUSED(Name("criterion indicator", e.indicator));
  RETURN_IF_REFUSED(AtMost("criterion values", e.numbers.size(), kMaxExpressionValues));
  RETURN_IF_REFUSED(AtMost("criterion values", e.texts.size(), kMaxExpressionValues));
  for (const int64_t number : e.numbers) {
    RETURN_IF_REFUSED(IndicatorValue("criterion value", number));
  }
  for (const std::string& text : e.texts) RETURN_IF_REFUSED(Text("criterion text", text));
  if (depth == kMaxExpressionDepth) return std::nullopt;
  for (const Expression& part : e.parts) RETURN_IF_REFUSED(ExpressionShape(part, depth + 1));
  return std::nullopt;
}

}  // namespace

Check ShapeOf(const LedgerOpened& e) {
  RETURN_IF_REFUSED(Text("ledger id", e.ledger_id));
  RETURN_IF_REFUSED(NotPersonal("ledger id", e.ledger_id));
  return Number("rules version", e.rules_version, kMaxVersion);
}

Check ShapeOf(const RulesAdopted& e) { return Number("version", e.version, kMaxVersion); }

Check ShapeOf(const CataloguePublished& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(Number("indicators", e.indicators.size(), kMaxIndicators));
  for (const Indicator& indicator : e.indicators) RETURN_IF_REFUSED(IndicatorShape(indicator));
  return std::nullopt;
}

Check ShapeOf(const AreasPublished& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(PlaceCode("parent", e.parent));
  RETURN_IF_REFUSED(Number("areas", e.areas.size(), kMaxAreas));
  for (const Area& area : e.areas) {
    RETURN_IF_REFUSED(PlaceCode("area code", area.code));
    RETURN_IF_REFUSED(Text("area name", area.name));
  }
  return std::nullopt;
}

Check ShapeOf(const PolicySet& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  REFUSE_FIELD_IF(e.value < 0 || e.value > kMaxPolicyValue, RefusalCode::kBadNumber, "value",
                  absl::StrCat("is not 0 to ", kMaxPolicyValue));
  return LegalShape(e);
}

Check ShapeOf(const ProgramOpened& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Text("name", e.name));
  REFUSE_FIELD_IF(e.fiscal_year < kMinYear || e.fiscal_year > kMaxYear, RefusalCode::kBadNumber,
                  "fiscal year", absl::StrCat("is not ", kMinYear, " to ", kMaxYear));
  RETURN_IF_REFUSED(RequiredDate("fiscal year end", e.fiscal_year_end));
  RETURN_IF_REFUSED(Number("quota", e.quota, kMaxQuota));
  RETURN_IF_REFUSED(OneOf("fund", e.fund, Fund::kApbdEarmarked));
  RETURN_IF_REFUSED(Number("recipient kinds", e.recipient_kinds.size(), kMaxRecipientKinds));
  for (const RecipientKind kind : e.recipient_kinds) {
    RETURN_IF_REFUSED(OneOf("recipient kind", kind, RecipientKind::kInstitution));
  }
  return TrancheShapes(e.tranches);
}

Check ShapeOf(const ProgramAmended& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Number("quota", e.quota, kMaxQuota));
  return TrancheShapes(e.tranches);
}

Check ShapeOf(const RuleSetPublished& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(Number("criteria", e.criteria.size(), kMaxCriteria));
  for (const Criterion& criterion : e.criteria) {
    RETURN_IF_REFUSED(Name("criterion id", criterion.id));
    RETURN_IF_REFUSED(Text("criterion title", criterion.title));
    RETURN_IF_REFUSED(ExpressionShape(criterion.expression, 1));
  }
  return std::nullopt;
}

}  // namespace bansos::shape
