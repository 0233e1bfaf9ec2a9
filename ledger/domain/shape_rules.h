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
// A text in clear: valid UTF-8 on one line, 1 to kMaxTextLength bytes, not only spaces, no control
// character and none that changes how the text around it is shown.
Check Text(const char* field, const std::string& text);
// The same, or nothing.
Check OptionalText(const char* field, const std::string& text);
// The code of a place: 33, 33.74, 33.74.01 or 33.74.01.1001.
Check PlaceCode(const char* field, const std::string& code);
// No run of digits that could be a NIK, and no NIK with single dots, hyphens or spaces in it.
Check NotPersonal(const char* field, const std::string& id);
// A required calendar date.
Check RequiredDate(const char* field, Date date);
// A calendar date, or 0.
Check OptionalDate(const char* field, Date date);
// 1 to `most`: also the count of a list that must not be empty.
Check Number(const char* field, uint64_t number, uint64_t most);
// 0 to `most`.
Check AtMost(const char* field, uint64_t number, uint64_t most);
// A position that an event may cite, or none.
Check OptionalPosition(const char* field, std::optional<Position> position);
Check Recipient(RecipientNumber recipient);
// 1 to kMaxAttempts.
Check Attempt(uint32_t attempt);
// 1 to kMaxRupiah.
Check Amount(const char* field, Rupiah amount);
// 0 to kMaxRupiah.
Check Total(const char* field, Rupiah total);
Check Bytes32(const char* field, const std::string& bytes);
// 1 to kMaxSealedLength bytes.
Check Sealed(const char* field, const std::string& bytes);
// The same, or nothing.
Check OptionalSealed(const char* field, const std::string& bytes);
Check Payment(const PaymentKey& payment);
Check Batch(const BatchKey& batch);
Check From(const Source& source);

// What every publication states: its version, its legal basis and from when it holds.
Check Legal(uint32_t version, const std::string& legal_basis, Date date_in_force);
// A value that an indicator may have, by whatever catalogue.
Check IndicatorValue(const char* field, int64_t value);

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
