#include "grpc/fault.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/status_mapping.h"
#include "ledger/domain/values.h"

namespace bansos {

Fault FaultOf(const Refusal& refusal, std::string field, std::optional<Position> position) {
  const RefusalText& text = TextOf(refusal.code);
  return Fault{.code = std::string(text.name),
               .message = Message(refusal),
               .field = std::move(field),
               .status = text.status,
               .position = position};
}

Fault ProgramUnknown(const std::string& code) {
  // What a caller sends as a code could be anything; what cannot be one is not repeated.
  const bool shown = code.size() <= kMaxProgramCodeLength;
  return FaultOf(Refusal{RefusalCode::kProgramUnknown, shown ? code : "(too long)"}, "program");
}

Fault RecipientUnknown(RecipientNumber recipient) {
  return FaultOf(
      Refusal{RefusalCode::kRecipientUnknown, absl::StrCat("number ", recipient.value())},
      "recipient");
}

Fault BatchUnknown() {
  return FaultOf(Refusal{RefusalCode::kBatchUnknown, "check programme, tranche and number"},
                 "batch");
}

v1::Refusal ToProto(const Fault& fault, std::optional<uint32_t> index) {
  v1::Refusal refusal;
  if (index.has_value()) refusal.set_index(*index);
  refusal.set_code(fault.code);
  refusal.set_message(fault.message);
  refusal.set_field(fault.field);
  if (fault.position.has_value()) refusal.set_position(fault.position->value());
  return refusal;
}

absl::Status ToStatus(const Fault& fault) {
  return WithRefusals(absl::Status(fault.status, fault.message), {ToProto(fault, std::nullopt)});
}

}  // namespace bansos
