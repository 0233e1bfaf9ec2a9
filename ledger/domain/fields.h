// How a struct lists its fields: for each by rising number it calls visit(number, name, member),
// and visit.Decided(...) for what Decide fills in. The lists stand in the structs and are the one
// place in C++ that knows the field numbers of bansos.ledger.v1; a test compares them with
// event.proto.
#ifndef LEDGER_DOMAIN_FIELDS_H_
#define LEDGER_DOMAIN_FIELDS_H_

#include <concepts>
#include <type_traits>

namespace bansos {

// T is E or const E.
template <typename T, typename E>
concept FieldsOf = std::same_as<std::remove_const_t<T>, E>;

}  // namespace bansos

#endif  // LEDGER_DOMAIN_FIELDS_H_
