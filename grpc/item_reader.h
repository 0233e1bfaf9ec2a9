// ItemReader: reads the fields of one item of a request into domain values and keeps the first
// fault, naming the field. It checks only what the domain cannot see any more once a value is
// converted (texts of dates and areas, unknown numbers of enumerations) or never sees because it is
// sealed; the rest is refused by Decide. One item, one reader, one thread. A fault never quotes
// personal data (invariant 8).
#ifndef GRPC_ITEM_READER_H_
#define GRPC_ITEM_READER_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "bansos/v1/common.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "grpc/fault.h"
#include "ledger/domain/values.h"

namespace bansos {

class ItemReader {
 public:
  bool ok() const { return !fault_.has_value(); }
  const std::optional<Fault>& fault() const { return fault_; }
  // Not OK: the server could not look something up, and the request fails as a whole.
  const absl::Status& failure() const { return failure_; }

  // "2025-01-31" -> 20250131; "" -> 0.
  Date ReadDate(std::string_view field, const std::string& text);

  // "33.74" -> 3374; "" -> 0.
  AreaCode ReadArea(std::string_view field, const std::string& text);

  // A published enumerator other than "not stated".
  template <typename Domain, typename Proto>
  Domain ReadEnum(std::string_view field, Proto value) {
    if (value == 0) Refuse(RefusalCode::kBadEnum, field, "not stated");
    return ReadOptionalEnum<Domain>(field, value);
  }

  // A published enumerator; "not stated" too.
  template <typename Domain, typename Proto>
  Domain ReadOptionalEnum(std::string_view field, Proto value) {
    const auto* type = google::protobuf::GetEnumDescriptor<Proto>();
    if (type->FindValueByNumber(value) == nullptr) {
      Refuse(RefusalCode::kBadEnum, field,
             "value " + std::to_string(value) + " is none of " + type->full_name());
      return Domain{};
    }
    return static_cast<Domain>(value);
  }

  // The document of `own`, else of `request`.
  std::optional<Document> ReadDocument(const v1::Basis* own, const v1::Basis& request);
  Date ReadEffectiveDate(const v1::Basis* own, const v1::Basis& request);

  // Refuses a sealed text above max_bytes or with control characters; returns it.
  const std::string& ReadSealedText(std::string_view field, const std::string& text,
                                    size_t max_bytes);

  // Keeps the refusal if it is the first. `detail` says which ids and values.
  void Refuse(RefusalCode code, std::string_view field, std::string_view detail);
  // The same for what only the API can see.
  void RefuseShape(std::string_view code, std::string_view field, std::string_view message);
  void Fail(const absl::Status& failure) { failure_.Update(failure); }

 private:
  std::optional<Fault> fault_;
  absl::Status failure_;
};

// 3374 -> "33.74"; 0 -> "".
std::string FormatArea(AreaCode area);

// 20250131 -> "2025-01-31"; 0 -> "".
std::string FormatDate(Date date);

v1::Document ToProto(const Document& document);

}  // namespace bansos

#endif  // GRPC_ITEM_READER_H_
