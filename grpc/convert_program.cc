#include "grpc/convert_program.h"

#include <string>
#include <vector>

namespace bansos {
namespace {

template <typename Tranches>
std::vector<Tranche> ToTranches(const Tranches& tranches, ItemReader& reader) {
  std::vector<Tranche> result;
  result.reserve(tranches.size());
  for (const v1::Tranche& tranche : tranches) {
    result.push_back(Tranche{.number = tranche.number(),
                             .amount = tranche.amount(),
                             .entitlement_date = reader.ReadDate("tranches.entitlement_date",
                                                                 tranche.entitlement_date())});
  }
  return result;
}

// Its depth is bounded by protobuf's own limit of 100 nested messages; Decide allows less.
Expression ToExpression(const ledger::v1::Expression& proto, ItemReader& reader) {
  Expression expression;
  expression.op =
      reader.ReadEnum<Operator>("rule_set.criteria.expression.operator", proto.operator_());
  expression.at_least = proto.at_least();
  expression.indicator = proto.indicator();
  expression.fact =
      reader.ReadOptionalEnum<LedgerFact>("rule_set.criteria.expression.fact", proto.fact());
  expression.numbers.assign(proto.numbers().begin(), proto.numbers().end());
  expression.texts.assign(proto.texts().begin(), proto.texts().end());
  for (const ledger::v1::Expression& part : proto.parts()) {
    expression.parts.push_back(ToExpression(part, reader));
  }
  return expression;
}

void WriteExpression(const Expression& expression, ledger::v1::Expression& proto) {
  proto.set_operator_(static_cast<ledger::v1::Operator>(expression.op));
  proto.set_at_least(expression.at_least);
  proto.set_indicator(expression.indicator);
  proto.set_fact(static_cast<ledger::v1::LedgerFact>(expression.fact));
  for (const int64_t number : expression.numbers) proto.add_numbers(number);
  for (const std::string& text : expression.texts) proto.add_texts(text);
  for (const Expression& part : expression.parts) WriteExpression(part, *proto.add_parts());
}

v1::RuleSet ToRuleSet(const RuleSetPublished& rule_set) {
  v1::RuleSet proto;
  proto.set_version(rule_set.version);
  proto.set_legal_basis(rule_set.legal_basis);
  proto.set_date_in_force(FormatDate(rule_set.date_in_force));
  for (const Criterion& criterion : rule_set.criteria) {
    ledger::v1::Criterion& added = *proto.add_criteria();
    added.set_id(criterion.id);
    added.set_title(criterion.title);
    WriteExpression(criterion.expression, *added.mutable_expression());
  }
  return proto;
}

}  // namespace

ProgramOpened ToProgramOpened(const v1::OpenProgramRequest& request, ItemReader& reader) {
  ProgramOpened event;
  event.program = request.program();
  event.name = request.name();
  event.fiscal_year = request.fiscal_year();
  event.fiscal_year_end = reader.ReadDate("fiscal_year_end", request.fiscal_year_end());
  event.quota = request.quota();
  event.fund = reader.ReadEnum<Fund>("fund", request.fund());
  for (const int kind : request.recipient_kinds()) {
    event.recipient_kinds.push_back(reader.ReadEnum<RecipientKind>(
        "recipient_kinds", static_cast<ledger::v1::RecipientKind>(kind)));
  }
  event.tranches = ToTranches(request.tranches(), reader);
  event.amount_by_decree = request.amount_by_decree();
  return event;
}

ProgramAmended ToProgramAmended(const v1::AmendProgramRequest& request, ItemReader& reader) {
  return ProgramAmended{.program = request.program(),
                        .quota = request.quota(),
                        .tranches = ToTranches(request.tranches(), reader)};
}

RuleSetPublished ToRuleSetPublished(const v1::PublishRuleSetRequest& request, ItemReader& reader) {
  const v1::RuleSet& rule_set = request.rule_set();
  RuleSetPublished event;
  event.program = request.program();
  event.version = rule_set.version();
  event.legal_basis = rule_set.legal_basis();
  event.date_in_force = reader.ReadDate("rule_set.date_in_force", rule_set.date_in_force());
  for (const ledger::v1::Criterion& criterion : rule_set.criteria()) {
    event.criteria.push_back(Criterion{.id = criterion.id(),
                                       .title = criterion.title(),
                                       .expression = ToExpression(criterion.expression(), reader)});
  }
  return event;
}

BudgetAppropriated ToBudgetAppropriated(const v1::AppropriateBudgetRequest& request, ItemReader&) {
  return BudgetAppropriated{.program = request.program(), .amount = request.amount()};
}

CataloguePublished ToCataloguePublished(const v1::PublishCatalogueRequest& request,
                                        ItemReader& reader) {
  CataloguePublished event;
  event.name = request.name();
  event.version = request.version();
  event.legal_basis = request.legal_basis();
  event.date_in_force = reader.ReadDate("date_in_force", request.date_in_force());
  for (const ledger::v1::Indicator& indicator : request.indicators()) {
    event.indicators.push_back(
        Indicator{.number = indicator.number(),
                  .id = indicator.id(),
                  .kind = reader.ReadEnum<IndicatorKind>("indicators.kind", indicator.kind()),
                  .codes = indicator.codes(),
                  .meaning = indicator.meaning(),
                  .source = indicator.source(),
                  .values = {}});
    for (const ledger::v1::ValueRange& range : indicator.values()) {
      event.indicators.back().values.push_back({range.first(), range.last()});
    }
  }
  return event;
}

AreasPublished ToAreasPublished(const v1::PublishAreasRequest& request, ItemReader& reader) {
  AreasPublished event;
  event.name = request.name();
  event.version = request.version();
  event.parent = request.parent();
  event.legal_basis = request.legal_basis();
  event.date_in_force = reader.ReadDate("date_in_force", request.date_in_force());
  for (const ledger::v1::Area& area : request.areas()) {
    event.areas.push_back(Area{.code = area.code(), .name = area.name()});
  }
  return event;
}

PolicySet ToPolicySet(const v1::SetPolicyRequest& request, ItemReader& reader) {
  return PolicySet{.name = request.name(),
                   .version = request.version(),
                   .value = request.value(),
                   .legal_basis = request.legal_basis(),
                   .date_in_force = reader.ReadDate("date_in_force", request.date_in_force())};
}

v1::Program ToProto(const ProgramState& program) {
  const ProgramOpened& terms = program.terms;
  v1::Program proto;
  proto.set_program(terms.program);
  proto.set_name(terms.name);
  proto.set_fiscal_year(terms.fiscal_year);
  proto.set_fiscal_year_end(FormatDate(terms.fiscal_year_end));
  proto.set_quota(terms.quota);
  proto.set_running_entitlements(program.running_entitlements);
  proto.set_fund(static_cast<ledger::v1::Fund>(terms.fund));
  for (const RecipientKind kind : terms.recipient_kinds) {
    proto.add_recipient_kinds(static_cast<ledger::v1::RecipientKind>(kind));
  }
  for (const Tranche& tranche : terms.tranches) {
    v1::Tranche& added = *proto.add_tranches();
    added.set_number(tranche.number);
    added.set_amount(tranche.amount);
    added.set_entitlement_date(FormatDate(tranche.entitlement_date));
  }
  proto.set_amount_by_decree(terms.amount_by_decree);
  for (const RuleSetPublished& rule_set : program.rule_sets) {
    *proto.add_rule_sets() = ToRuleSet(rule_set);
  }
  proto.set_appropriated(program.appropriated);
  proto.set_available(program.buckets[static_cast<size_t>(Bucket::kAvailable)]);
  return proto;
}

}  // namespace bansos
