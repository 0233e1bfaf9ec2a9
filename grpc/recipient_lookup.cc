#include "grpc/recipient_lookup.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "grpc/identity_shape.h"

namespace bansos {

RecipientNumber RecipientLookup::Resolve(std::string_view field, const v1::RecipientRef& ref,
                                         ItemReader& reader) const {
  std::string identity;
  switch (ref.by_case()) {
    case v1::RecipientRef::kNumber:
      return ReadRecipientNumber(absl::StrCat(std::string(field), ".number"), ref.number(), reader);
    case v1::RecipientRef::kNik:
      identity = ReadNik(absl::StrCat(std::string(field), ".nik"), ref.nik(), reader);
      break;
    case v1::RecipientRef::kRegistrationNumber:
      identity = ReadRegistrationNumber(absl::StrCat(std::string(field), ".registration_number"),
                                        ref.registration_number(), reader);
      break;
    case v1::RecipientRef::BY_NOT_SET:
      reader.Refuse(RefusalCode::kRecipientUnknown, field,
                    "name the recipient by number, NIK or registration number");
  }
  if (!reader.ok()) return RecipientNumber();
  const absl::StatusOr<std::optional<RecipientNumber>> number = vault_.FindRecipient(identity);
  if (!number.ok()) {
    reader.Fail(number.status());
    return RecipientNumber();
  }
  if (!number->has_value()) {
    reader.Refuse(RefusalCode::kRecipientUnknown, field, "nobody is registered by this name");
    return RecipientNumber();
  }
  return **number;
}

RecipientNumber ReadRecipientNumber(std::string_view field, uint64_t number, ItemReader& reader) {
  if (number == 0) reader.Refuse(RefusalCode::kRecipientUnknown, field, "no number is stated");
  return RecipientNumber(number);
}

}  // namespace bansos
