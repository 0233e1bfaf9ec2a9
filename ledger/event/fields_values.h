// The fields of the values that events share, as bansos.ledger.v1 numbers them. A visitor is called
// for each field by rising number: visit(number, name, member), and visit.Decided(...) for what
// Decide fills in. The one place in C++ that knows field numbers; a test compares it with
// event.proto.
#ifndef LEDGER_EVENT_FIELDS_VALUES_H_
#define LEDGER_EVENT_FIELDS_VALUES_H_

#include <concepts>
#include <type_traits>

#include "ledger/domain/values.h"

namespace bansos {

// T is E or const E.
template <typename T, typename E>
concept FieldsOf = std::same_as<std::remove_const_t<T>, E>;

template <typename V, FieldsOf<Document> T>
void VisitFields(V& visit, T& x) {
  visit(1, "kind", x.kind);
  visit(2, "number", x.number);
  visit(3, "date", x.date);
  visit(4, "signatory", x.signatory);
}

template <typename V, FieldsOf<Movement> T>
void VisitFields(V& visit, T& x) {
  visit(1, "batch", x.batch);
  visit(2, "area", x.area);
  visit(3, "amount", x.amount);
  visit(4, "from", x.from);
  visit(5, "to", x.to);
}

template <typename V, FieldsOf<PaymentKey> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "tranche", x.tranche);
  visit(3, "recipient", x.recipient);
  visit(4, "number", x.number);
}

template <typename V, FieldsOf<BatchKey> T>
void VisitFields(V& visit, T& x) {
  visit(1, "program", x.program);
  visit(2, "tranche", x.tranche);
  visit(3, "number", x.number);
}

template <typename V, FieldsOf<Source> T>
void VisitFields(V& visit, T& x) {
  visit(1, "file_position", x.file_position);
  visit(2, "sender", x.sender);
  visit(3, "line", x.line);
}

}  // namespace bansos

#endif  // LEDGER_EVENT_FIELDS_VALUES_H_
