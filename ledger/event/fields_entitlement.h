// The fields of the events from the ledger to the entitlement, as bansos.ledger.v1 numbers them. A
// visitor is called for each field by rising number: visit(number, name, member), and
// visit.Decided(...) for what Decide fills in. The one place in C++ that knows field numbers; a
// test compares it with event.proto.
#ifndef LEDGER_EVENT_FIELDS_ENTITLEMENT_H_
#define LEDGER_EVENT_FIELDS_ENTITLEMENT_H_

#include "ledger/domain/event.h"
#include "ledger/event/fields_values.h"

namespace bansos {

template <typename V, FieldsOf<LedgerOpened> T>
void VisitFields(V& visit, T& x) {
  visit(1, "ledger_id", x.ledger_id);
  visit(2, "rules_version", x.rules_version);
}

template <typename V, FieldsOf<RulesAdopted> T>
void VisitFields(V& visit, T& x) {
  visit(1, "version", x.version);
}

template <typename V, FieldsOf<ValueRange> T>
void VisitFields(V& visit, T& x) {
  visit(1, "first", x.first);
  visit(2, "last", x.last);
}

template <typename V, FieldsOf<Indicator> T>
void VisitFields(V& visit, T& x) {
  visit(1, "number", x.number);
  visit(2, "id", x.id);
  visit(3, "kind", x.kind);
  visit(4, "codes", x.codes);
  visit(5, "meaning", x.meaning);
  visit(6, "source", x.source);
  visit(7, "values", x.values);
}

template <typename V, FieldsOf<CataloguePublished> T>
void VisitFields(V& visit, T& x) {
  visit(1, "name", x.name);
  visit(2, "version", x.version);
  visit(3, "legal_basis", x.legal_basis);
  visit(4, "date_in_force", x.date_in_force);
  visit(5, "indicators", x.indicators);
}

template <typename V, FieldsOf<Area> T>
void VisitFields(V& visit, T& x) {
  visit(1, "code", x.code);
  visit(2, "name", x.name);
}

template <typename V, FieldsOf<AreasPublished> T>
void VisitFields(V& visit, T& x) {
  visit(1, "name", x.name);
  visit(2, "version", x.version);
  visit(3, "parent", x.parent);
  visit(4, "legal_basis", x.legal_basis);
  visit(5, "date_in_force", x.date_in_force);
  visit(6, "areas", x.areas);
}

template <typename V, FieldsOf<PolicySet> T>
void VisitFields(V& visit, T& x) {
  visit(1, "name", x.name);
  visit(2, "version", x.version);
  visit(3, "value", x.value);
  visit(4, "legal_basis", x.legal_basis);
  visit(5, "date_in_force", x.date_in_force);
}

template <typename V, FieldsOf<Tranche> T>
void VisitFields(V& visit, T& x) {
  visit(1, "number", x.number);
  visit(2, "amount", x.amount);
  visit(3, "entitlement_date", x.entitlement_date);
}

template <typename V, FieldsOf<ProgramOpened> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "name", x.name);
  visit(3, "fiscal_year", x.fiscal_year);
  visit(4, "fiscal_year_end", x.fiscal_year_end);
  visit(5, "quota", x.quota);
  visit(6, "fund", x.fund);
  visit(7, "recipient_kinds", x.recipient_kinds);
  visit(8, "tranches", x.tranches);
  visit(9, "amount_by_decree", x.amount_by_decree);
}

template <typename V, FieldsOf<ProgramAmended> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "quota", x.quota);
  visit(3, "tranches", x.tranches);
}

template <typename V, FieldsOf<Expression> T>
void VisitFields(V& visit, T& x) {
  visit(1, "operator", x.op);
  visit(2, "parts", x.parts);
  visit(3, "at_least", x.at_least);
  visit(4, "indicator", x.indicator);
  visit(5, "fact", x.fact);
  visit(6, "numbers", x.numbers);
  visit(7, "texts", x.texts);
}

template <typename V, FieldsOf<Criterion> T>
void VisitFields(V& visit, T& x) {
  visit(1, "id", x.id);
  visit(2, "title", x.title);
  visit(3, "expression", x.expression);
}

template <typename V, FieldsOf<RuleSetPublished> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "version", x.version);
  visit(3, "legal_basis", x.legal_basis);
  visit(4, "date_in_force", x.date_in_force);
  visit(5, "criteria", x.criteria);
}

template <typename V, FieldsOf<BudgetAppropriated> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "amount", x.amount);
}

template <typename V, FieldsOf<RecipientRegistered> T>
void VisitFields(V& visit, T& x) {
  visit(1, "recipient", x.recipient);
  visit(2, "kind", x.kind);
  visit(3, "area", x.area);
  visit(4, "kk_token", x.kk_token);
  visit(5, "sealed_identity", x.sealed_identity);
  visit(6, "key_commitment", x.key_commitment);
}

template <typename V, FieldsOf<IdentityCorrected> T>
void VisitFields(V& visit, T& x) {
  visit(1, "recipient", x.recipient);
  visit(2, "area", x.area);
  visit(3, "kk_token", x.kk_token);
  visit(4, "sealed_identity", x.sealed_identity);
}

template <typename V, FieldsOf<PayeeAssigned> T>
void VisitFields(V& visit, T& x) {
  visit(1, "recipient", x.recipient);
  visit(2, "channel", x.channel);
  visit(3, "account_token", x.account_token);
  visit(4, "holder", x.holder);
  visit(5, "sealed_details", x.sealed_details);
  visit(6, "shared_account_reason", x.shared_account_reason);
  visit(7, "name_confirmed", x.name_confirmed);
  visit.Decided(8, "name_differs", x.name_differs);
  visit.Decided(9, "identity_position", x.identity_position);
}

template <typename V, FieldsOf<AssessmentRecorded> T>
void VisitFields(V& visit, T& x) {
  visit(1, "recipient", x.recipient);
  visit(2, "catalogue", x.catalogue);
  visit(3, "catalogue_version", x.catalogue_version);
  visit(4, "survey_date", x.survey_date);
  visit(5, "sealed_values", x.sealed_values);
}

template <typename V, FieldsOf<RecipientDied> T>
void VisitFields(V& visit, T& x) {
  visit(1, "recipient", x.recipient);
  visit(2, "died_on", x.died_on);
  visit(3, "source", x.source);
}

template <typename V, FieldsOf<CandidateProposed> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "recipient", x.recipient);
  visit(3, "proposer", x.proposer);
  visit(4, "candidate_class", x.candidate_class);
  visit(5, "work_area", x.work_area);
}

template <typename V, FieldsOf<EligibilityDecided> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "recipient", x.recipient);
  visit(3, "rule_set_version", x.rule_set_version);
  visit(4, "fact_version", x.fact_version);
  visit(5, "assessment_position", x.assessment_position);
  visit(6, "indicator_truths", x.indicator_truths);
  visit.Decided(7, "fact_truths", x.fact_truths);
  visit.Decided(8, "outcome", x.outcome);
}

template <typename V, FieldsOf<RecipientDecreed> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "recipient", x.recipient);
  visit(3, "slot", x.slot);
  visit(4, "holder", x.holder);
  visit(5, "first_tranche", x.first_tranche);
  visit(6, "replaces", x.replaces);
  visit(7, "amount", x.amount);
  visit.Decided(8, "decision_position", x.decision_position);
}

template <typename V, FieldsOf<EntitlementEnded> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "recipient", x.recipient);
  visit(3, "slot", x.slot);
  visit(4, "holder", x.holder);
  visit(5, "reason", x.reason);
  visit(6, "ended_on", x.ended_on);
  visit(7, "last_tranche", x.last_tranche);
}

}  // namespace bansos

#endif  // LEDGER_EVENT_FIELDS_ENTITLEMENT_H_
