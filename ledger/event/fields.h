// All field lists (see fields_values.h), the field number of each body in Event, and the names.
#ifndef LEDGER_EVENT_FIELDS_H_
#define LEDGER_EVENT_FIELDS_H_

#include <cstdint>
#include <variant>

#include "ledger/event/fields_entitlement.h"
#include "ledger/event/fields_payment.h"

namespace bansos {

// Field number of the first body in Event; the others follow in the order of EventBody.
inline constexpr uint32_t kFirstBodyField = 10;

template <typename V, FieldsOf<Envelope> T>
void VisitFields(V& visit, T& x) {
  visit.Decided(1, "recorded_time_us", x.recorded_time_us);
  visit(2, "actor", x.actor);
  visit(3, "request_id", x.request_id);
  visit(4, "effective_date", x.effective_date);
  visit(5, "document", x.document);
  visit.Decided(6, "back", x.back);
}

}  // namespace bansos

#endif  // LEDGER_EVENT_FIELDS_H_
