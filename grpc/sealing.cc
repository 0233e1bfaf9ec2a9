#include "grpc/sealing.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// The layouts of sealed.proto as they stand.
constexpr uint8_t kLayoutVersion = 1;

template <typename Message>
absl::StatusOr<Message> Unseal(const Vault& vault, RecipientNumber recipient, SealedField field,
                               const std::string& sealed) {
  ASSIGN_OR_RETURN(const std::string plaintext,
                   vault.Unseal(recipient, field, kLayoutVersion, sealed));
  Message message;
  if (!message.ParseFromString(plaintext)) {
    return absl::DataLossError(
        absl::StrCat("a sealed value of recipient ", recipient.value(), " has another layout"));
  }
  return message;
}

// The clear bytes to which a value under the ledger key is bound.
std::string ContextOf(const Source& source) {
  if (source.file_position.has_value()) {
    return absl::StrCat("file/", source.file_position->value(), "/", source.line);
  }
  return absl::StrCat("message/", source.sender, "/", source.line);
}

}  // namespace

absl::StatusOr<std::string> Sealing::Seal(RecipientNumber recipient,
                                          const ledger::v1::SealedIdentity& identity) const {
  return vault_.Seal(recipient, SealedField::kIdentity, kLayoutVersion,
                     identity.SerializeAsString());
}

absl::StatusOr<std::string> Sealing::Seal(RecipientNumber recipient,
                                          const ledger::v1::SealedPayee& payee) const {
  return vault_.Seal(recipient, SealedField::kPayeeDetails, kLayoutVersion,
                     payee.SerializeAsString());
}

absl::StatusOr<std::string> Sealing::Seal(RecipientNumber recipient,
                                          const ledger::v1::SealedAssessment& assessment) const {
  return vault_.Seal(recipient, SealedField::kAssessment, kLayoutVersion,
                     assessment.SerializeAsString());
}

absl::StatusOr<ledger::v1::SealedIdentity> Sealing::UnsealIdentity(
    RecipientNumber recipient, const std::string& sealed) const {
  return Unseal<ledger::v1::SealedIdentity>(vault_, recipient, SealedField::kIdentity, sealed);
}

absl::StatusOr<ledger::v1::SealedPayee> Sealing::UnsealPayee(RecipientNumber recipient,
                                                             const std::string& sealed) const {
  return Unseal<ledger::v1::SealedPayee>(vault_, recipient, SealedField::kPayeeDetails, sealed);
}

absl::StatusOr<ledger::v1::SealedAssessment> Sealing::UnsealAssessment(
    RecipientNumber recipient, const std::string& sealed) const {
  return Unseal<ledger::v1::SealedAssessment>(vault_, recipient, SealedField::kAssessment, sealed);
}

absl::StatusOr<std::string> Sealing::SealBankReference(RecipientNumber recipient,
                                                       const std::string& reference) const {
  if (reference.empty() || recipient.value() == 0) return std::string();
  absl::StatusOr<std::string> sealed =
      vault_.Seal(recipient, SealedField::kBankReference, kLayoutVersion, reference);
  if (absl::IsNotFound(sealed.status())) return std::string();
  return sealed;
}

absl::StatusOr<std::string> Sealing::SealStrangersBankReference(
    const Source& source, const std::string& reference) const {
  if (reference.empty()) return std::string();
  return vault_.SealForLedger(SealedField::kBankReference, kLayoutVersion, reference,
                              ContextOf(source));
}

absl::StatusOr<std::string> Sealing::SealReportedReference(const Source& source,
                                                           const std::string& reference) const {
  return vault_.SealForLedger(SealedField::kReportedReference, kLayoutVersion, reference,
                              ContextOf(source));
}

}  // namespace bansos
