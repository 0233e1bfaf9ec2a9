#include "grpc/fault.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/status_mapping.h"
#include "ledger/domain/shape_rules.h"
#include "ledger/domain/values.h"

namespace bansos {
namespace {

struct FieldPath {
  std::string_view of;
  std::string_view path;
};

// Fields as the domain calls them, and stored fields, whose path in the API differs.
constexpr FieldPath kPathsOfFields[] = {
    {"document kind", "basis.document.kind"},
    {"document number", "basis.document.number"},
    {"document date", "basis.document.date"},
    {"effective date", "basis.effective_date"},
    {"effective_date", "basis.effective_date"},
    {"request id", "options.request_id"},
    {"class", "candidate_class"},
    {"date of death", "died_on"},
    {"end", "ended_on"},
    {"return reason", "reason"},
    {"kk token", "identity.kk"},
    {"account token", "details.account_number"},
    {"payee details", "details"},
    {"kk_token", "identity.kk"},
    {"sealed_identity", "identity"},
    {"account_token", "details.account_number"},
    {"sealed_details", "details"},
    {"sealed_values", "values"},
};

// Those that are no field of a request or item of their own: the actor is metadata, these numbers
// stand in keys, the rest in lists or come from the server.
constexpr std::string_view kWithoutPath[] = {
    "actor",
    "ledger id",
    "payment number",
    "batch number",
    "tranche number",
    "indicator id",
    "indicator number",
    "indicator kind",
    "area code",
    "area name",
    "entitlement date",
    "recipient kind",
    "criterion id",
    "criterion title",
    "key commitment",
    "indicator codes",
    "indicator meaning",
    "indicator source",
    "indicator truths",
    "criterion operator",
    "criterion fact",
    "criterion indicator",
    "criterion values",
    "criterion value",
    "criterion text",
    "rules version",
    "fact version",
    "assessment position",
};

// Refusals that always speak of the same field.
constexpr FieldPath kPathsOfCodes[] = {
    {"DOCUMENT_REQUIRED", "basis.document"},
    {"PROGRAM_UNKNOWN", "program"},
    {"RECIPIENT_UNKNOWN", "recipient"},
    {"BATCH_UNKNOWN", "batch"},
    {"PAYMENT_UNKNOWN", "payment"},
    {"VERSION_OUT_OF_ORDER", "version"},
    {"RULES_VERSION_UNKNOWN", "version"},
    {"TRANCHE_NUMBERING", "tranches"},
    {"QUOTA_BELOW_ENTITLEMENTS", "quota"},
    {"DATE_OUT_OF_ORDER", "date_in_force"},
    {"TAKES_PROMISED_MONEY", "amount"},
    {"BAD_KK", "identity.kk"},
    {"BAD_ACCOUNT", "details.account_number"},
    {"ACCOUNT_SHARED", "details.account_number"},
    {"ROUND_OUT_OF_ORDER", "round"},
    {"ATTEMPT_OUT_OF_ORDER", "attempt"},
    {"PAYEE_NOT_PINNED", "payee_position"},
    {"FILE_UNKNOWN", "file_position"},
    {"LINE_UNKNOWN", "line"},
    {"POSITION_UNKNOWN", "carried_by"},
};

std::string PathOf(const Refusal& refusal) {
  std::string path = refusal.field;
  if (path.empty()) {
    for (const FieldPath& known : kPathsOfCodes) {
      if (known.of == TextOf(refusal.code).name) return std::string(known.path);
    }
    return "";
  }
  for (const std::string_view without : kWithoutPath) {
    if (path == without) return "";
  }
  for (const FieldPath& known : kPathsOfFields) {
    if (path == known.of) return std::string(known.path);
  }
  if (path.starts_with("document")) return "basis." + path;
  std::replace(path.begin(), path.end(), ' ', '_');
  return path;
}

}  // namespace

Fault FaultOf(const Refusal& refusal, std::string field, std::optional<Position> position) {
  const RefusalText& text = TextOf(refusal.code);
  if (field.empty()) field = PathOf(refusal);
  return Fault{.code = std::string(text.name),
               .message = Message(refusal),
               .field = std::move(field),
               .status = text.status,
               .position = position};
}

Fault ProgramUnknown(const std::string& code) {
  // What a caller sends as a code could be anything; what cannot be one is not repeated.
  const bool shown = !shape::ProgramCode(code).has_value();
  return FaultOf(Refusal{RefusalCode::kProgramUnknown,
                         shown ? code : "a code is of capitals, digits and hyphens"},
                 "program");
}

std::string Shown(RecipientNumber recipient) {
  if (recipient.value() <= kMaxRecipientNumber) return absl::StrCat("number ", recipient.value());
  return absl::StrCat("the number is above ", kMaxRecipientNumber);
}

Fault RecipientUnknown(RecipientNumber recipient) {
  return FaultOf(Refusal{RefusalCode::kRecipientUnknown, Shown(recipient)}, "recipient");
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
