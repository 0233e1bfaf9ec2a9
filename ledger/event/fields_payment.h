// The fields of the events of batches, payments and reports, as bansos.ledger.v1 numbers them. A
// visitor is called for each field by rising number: visit(number, name, member), and
// visit.Decided(...) for what Decide fills in. The one place in C++ that knows field numbers; a
// test compares it with event.proto.
#ifndef LEDGER_EVENT_FIELDS_PAYMENT_H_
#define LEDGER_EVENT_FIELDS_PAYMENT_H_

#include "ledger/domain/event.h"
#include "ledger/event/fields_values.h"

namespace bansos {

template <typename V, FieldsOf<BatchDrafted> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
}

template <typename V, FieldsOf<BatchList> T>
void VisitFields(V& visit, T& x) {
  visit(1, "count", x.count);
  visit(2, "total", x.total);
  visit.Decided(3, "digest", x.digest);
}

template <typename V, FieldsOf<BatchSubmitted> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
  visit(3, "list", x.list);
}

template <typename V, FieldsOf<BatchVerified> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
  visit(3, "list", x.list);
}

template <typename V, FieldsOf<BatchApproved> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
  visit(3, "list", x.list);
}

template <typename V, FieldsOf<BatchSentBack> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
  visit(3, "list", x.list);
}

template <typename V, FieldsOf<BatchReleased> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
  visit(3, "list", x.list);
}

template <typename V, FieldsOf<BatchClosed> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "round", x.round);
}

template <typename V, FieldsOf<PaymentInstructed> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "batch", x.batch);
  visit(3, "amount", x.amount);
  visit.Decided(4, "slot", x.slot);
  visit.Decided(5, "decree_position", x.decree_position);
  visit.Decided(6, "payee_position", x.payee_position);
  visit.Decided(7, "movement", x.movement);
}

template <typename V, FieldsOf<PaymentWithdrawn> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit.Decided(2, "movement", x.movement);
}

template <typename V, FieldsOf<TransferSent> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "attempt", x.attempt);
  visit(3, "payee_position", x.payee_position);
  visit.Decided(4, "reference", x.reference);
  visit.Decided(5, "movement", x.movement);
}

template <typename V, FieldsOf<OrderFileWritten> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "number", x.number);
  visit(3, "attempt", x.attempt);
  visit(4, "again", x.again);
  visit(5, "sha256", x.sha256);
  visit(6, "count", x.count);
  visit(7, "total", x.total);
}

template <typename V, FieldsOf<ResultFileReceived> T>
void VisitFields(V& visit, T& x) {
  visit(1, "kind", x.kind);
  visit(2, "sender", x.sender);
  visit(3, "sha256", x.sha256);
  visit(4, "lines", x.lines);
  visit(5, "settled_total", x.settled_total);
  visit(6, "returned_total", x.returned_total);
}

template <typename V, FieldsOf<TransferSettled> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "attempt", x.attempt);
  visit(3, "value_date", x.value_date);
  visit(4, "amount", x.amount);
  visit(5, "source", x.source);
  visit(6, "sealed_bank_reference", x.sealed_bank_reference);
  visit(7, "cites", x.cites);
  visit.Decided(8, "movement", x.movement);
}

template <typename V, FieldsOf<TransferReturned> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "attempt", x.attempt);
  visit(3, "value_date", x.value_date);
  visit(4, "amount", x.amount);
  visit(5, "reason", x.reason);
  visit(6, "source", x.source);
  visit(7, "sealed_bank_reference", x.sealed_bank_reference);
  visit.Decided(8, "movement", x.movement);
}

template <typename V, FieldsOf<PaymentReissued> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "attempt", x.attempt);
  visit.Decided(3, "payee_position", x.payee_position);
  visit.Decided(4, "movement", x.movement);
}

template <typename V, FieldsOf<PaymentRemitted> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit.Decided(2, "movement", x.movement);
}

template <typename V, FieldsOf<ReportHeld> T>
void VisitFields(V& visit, T& x) {
  visit(1, "payment", x.payment);
  visit(2, "attempt", x.attempt);
  visit(3, "sealed_reference", x.sealed_reference);
  visit(4, "kind", x.kind);
  visit(5, "amount", x.amount);
  visit(6, "value_date", x.value_date);
  visit(7, "reason", x.reason);
  visit(8, "source", x.source);
  visit.Decided(9, "rule", x.rule);
  visit(10, "sealed_bank_reference", x.sealed_bank_reference);
}

template <typename V, FieldsOf<ReportResolved> T>
void VisitFields(V& visit, T& x) {
  visit(1, "held_position", x.held_position);
  visit(2, "carried_by", x.carried_by);
  visit.Decided(3, "payment", x.payment);
}

}  // namespace bansos

#endif  // LEDGER_EVENT_FIELDS_PAYMENT_H_
