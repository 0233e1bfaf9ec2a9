#include "ledger/domain/program_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

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

std::string ProgramOpened::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, program);
}
Check ProgramOpened::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Text("name", name));
  REFUSE_FIELD_IF(fiscal_year < kMinYear || fiscal_year > kMaxYear, RefusalCode::kBadNumber,
                  "fiscal year", absl::StrCat("is not ", kMinYear, " to ", kMaxYear));
  RETURN_IF_REFUSED(RequiredDate("fiscal year end", fiscal_year_end));
  RETURN_IF_REFUSED(Number("quota", quota, kMaxQuota));
  RETURN_IF_REFUSED(OneOf("fund", fund, Fund::kApbdEarmarked));
  RETURN_IF_REFUSED(Number("recipient kinds", recipient_kinds.size(), kMaxRecipientKinds));
  for (const RecipientKind kind : recipient_kinds) {
    RETURN_IF_REFUSED(OneOf("recipient kind", kind, RecipientKind::kInstitution));
  }
  return TrancheShapes(tranches);
}

std::string ProgramAmended::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, program, KeyPart(document));
}
Check ProgramAmended::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Number("quota", quota, kMaxQuota));
  return TrancheShapes(tranches);
}

std::string RuleSetPublished::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, program, version);
}
Check RuleSetPublished::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Legal(version, legal_basis, date_in_force));
  RETURN_IF_REFUSED(Number("criteria", criteria.size(), kMaxCriteria));
  for (const Criterion& criterion : criteria) {
    RETURN_IF_REFUSED(Name("criterion id", criterion.id));
    RETURN_IF_REFUSED(Text("criterion title", criterion.title));
    RETURN_IF_REFUSED(ExpressionShape(criterion.expression, 1));
  }
  return std::nullopt;
}

std::string BudgetAppropriated::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, program, KeyPart(document));
}
Check BudgetAppropriated::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  REFUSE_FIELD_IF(amount == 0 || amount < -kMaxRupiah || amount > kMaxRupiah,
                  RefusalCode::kBadAmount, "amount", absl::StrCat(amount));
  return std::nullopt;
}

}  // namespace bansos
