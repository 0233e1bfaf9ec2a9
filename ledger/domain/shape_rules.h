// The building stones of shape checks: one function a kind of value. Each names the field it found
// wrong.
#ifndef LEDGER_DOMAIN_SHAPE_RULES_H_
#define LEDGER_DOMAIN_SHAPE_RULES_H_

#include <string>
#include <string_view>

#include "ledger/domain/refusal.h"
#include "ledger/domain/values.h"

namespace bansos::shape {

// The caller, or another opaque id of a person: a signatory.
Check Actor(const std::string& actor, const char* field = "actor");
// A code of capitals, digits and - _ . ; required.
Check Code(const char* field, const std::string& code);
// A code that may also hold small letters (policies, catalogues, indicators).
Check Name(const char* field, const std::string& name);
Check ProgramCode(const std::string& code);
// A text of 1 to kMaxTextLength bytes.
Check Text(const char* field, const std::string& text);
// No run of digits that could be a NIK, and no NIK with single dots, hyphens or spaces in it.
Check NotPersonal(const char* field, const std::string& id);
// A required calendar date.
Check RequiredDate(const char* field, Date date);
// A calendar date, or 0.
Check OptionalDate(const char* field, Date date);
Check AtLeastOne(const char* field, uint64_t number);
// 1 to kMaxRupiah.
Check Amount(const char* field, Rupiah amount);
Check Bytes32(const char* field, const std::string& bytes);
Check Sealed(const char* field, const std::string& bytes);
Check Payment(const PaymentKey& payment);
Check Batch(const BatchKey& batch);
Check From(const Source& source);

// An enumerator from 1 to `last`.
template <typename E>
Check OneOf(const char* field, E value, E last) {
  const auto number = static_cast<unsigned>(value);
  REFUSE_FIELD_IF(number < 1 || number > static_cast<unsigned>(last), RefusalCode::kBadEnum, field,
                  std::to_string(number));
  return std::nullopt;
}

}  // namespace bansos::shape

#endif  // LEDGER_DOMAIN_SHAPE_RULES_H_
