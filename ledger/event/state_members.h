// The members of State, as its snapshot holds them. T is the type or its const.
#ifndef LEDGER_EVENT_STATE_MEMBERS_H_
#define LEDGER_EVENT_STATE_MEMBERS_H_

#include "ledger/domain/fields.h"
#include "ledger/domain/state.h"

namespace bansos {

template <typename A, FieldsOf<CatalogueState> T>
void Members(A& a, T& s) {
  a(s.last_version, s.indicators);
}

template <typename A, FieldsOf<PolicyState> T>
void Members(A& a, T& s) {
  a(s.last_version, s.value);
}

template <typename A, FieldsOf<LedgerState> T>
void Members(A& a, T& s) {
  a(s.open, s.ledger_id, s.rules_version, s.catalogues, s.policies, s.areas);
}

template <typename A, FieldsOf<RecipientState> T>
void Members(A& a, T& s) {
  a(s.registered, s.kind, s.area, s.kk_token, s.died_on, s.fact_version, s.account_token,
    s.payee_position, s.payee_recorder, s.assessment_position, s.survey_date, s.registered_at,
    s.identity_position, s.last);
}

template <typename A, FieldsOf<Entitlement> T>
void Members(A& a, T& s) {
  a(s.slot, s.holder, s.first_tranche, s.running, s.end_reason, s.ended_on, s.last_tranche,
    s.amount, s.replaces, s.decree_position);
}

template <typename A, FieldsOf<Candidacy> T>
void Members(A& a, T& s) {
  a(s.candidate_class, s.work_area, s.proposed_at, s.decision_position, s.decision_rule_set,
    s.decision_fact_version, s.outcome, s.entitlements);
}

template <typename A, FieldsOf<SlotState> T>
void Members(A& a, T& s) {
  a(s.holders, s.last_holder, s.running);
}

template <typename A, FieldsOf<TrancheOf> T>
void Members(A& a, T& s) {
  a(s.tranche, s.number);
}

template <typename A, FieldsOf<ProgramState> T>
void Members(A& a, T& s) {
  a(s.terms, s.opened_at, s.rule_sets, s.buckets, s.appropriated, s.running_entitlements, s.slots,
    s.candidacies, s.payment_of_recipient, s.payment_of_slot, s.open_reports_of_recipient,
    s.open_reports_of_slot, s.payments_of_tranche, s.last);
}

template <typename A, FieldsOf<PaymentState> T>
void Members(A& a, T& s) {
  a(s.program, s.tranche, s.recipient, s.number, s.batch, s.slot, s.area, s.amount, s.phase,
    s.attempt, s.attempt_sent, s.return_reason, s.standing_date, s.payee_recorder, s.instructed_at,
    s.decree_position, s.payee_position, s.sent_attempts, s.last_sent_at, s.previous);
}

template <typename A, FieldsOf<RecordedReport> T>
void Members(A& a, T& s) {
  a(s.attempt, s.kind, s.value_date, s.amount);
}

template <typename A, FieldsOf<BatchState> T>
void Members(A& a, T& s) {
  a(s.program, s.tranche, s.number, s.phase, s.round, s.count, s.total, s.buckets, s.drafters,
    s.submitter, s.approver, s.list_digest, s.payments, s.order_files, s.last);
}

template <typename A, FieldsOf<OrderFileState> T>
void Members(A& a, T& s) {
  a(s.written_at, s.attempt, s.again, s.count, s.total, s.sha256);
}

template <typename A, FieldsOf<ResultFileState> T>
void Members(A& a, T& s) {
  a(s.received_at, s.lines, s.event_of_line);
}

template <typename A, FieldsOf<HeldReport> T>
void Members(A& a, T& s) {
  a(s.payment, s.kind, s.amount, s.value_date, s.open);
}

template <typename A, FieldsOf<Fingerprint> T>
void Members(A& a, T& s) {
  a(s.high, s.low);
}

// Number and row of each registered one, by rising number.
template <typename A>
void Members(A& a, const RecipientTable<RecipientState>& s) {
  a(s.size());
  s.ForEachWhile([&](RecipientNumber number, const RecipientState& row) {
    a(number, row);
    return a.ok();
  });
}

template <typename A>
void Members(A& a, RecipientTable<RecipientState>& s) {
  uint64_t count = 0;
  a(count);
  for (uint64_t i = 0; i < count && a.ok(); ++i) {
    RecipientNumber number;
    RecipientState row;
    a(number, row);
    const bool fits =
        row.registered && number.value() > s.highest() && number.value() <= kMaxRecipientNumber;
    if (!fits) a.Fail();
    if (a.ok()) s.Register(number) = row;
  }
}

// The actor table travels as its list of names.
template <typename A, FieldsOf<State> T>
void Members(A& a, T& s) {
  a(s.next, s.last_time_us, s.ledger, s.ledger_last, s.programs, s.program_of_code, s.recipients,
    s.payees_of_account, s.highest_kk_token, s.highest_account_token, s.batches, s.batch_of_key,
    s.payments, s.reports_of_payment, s.files, s.file_of_position, s.message_of_sender, s.held,
    s.keys);
}

}  // namespace bansos

#endif  // LEDGER_EVENT_STATE_MEMBERS_H_
