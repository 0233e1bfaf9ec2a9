#include "tools/bansos-verify/keys/recipient_keys.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bansos::verify {
namespace {

using replay::kAllowed;

const char* NameOf(SealedField field) {
  switch (field) {
    case SealedField::kIdentity:
      return "the sealed identity";
    case SealedField::kPayeeDetails:
      return "the sealed details of the payee";
    case SealedField::kAssessment:
      return "the sealed values of the assessment";
    case SealedField::kBankReference:
      return "the sealed reference of the bank";
    case SealedField::kReportedReference:
      return "the sealed reported reference";
  }
  return "?";
}

std::string ContextOf(const ledger::v1::Source& source) {
  if (source.has_file_position()) {
    return absl::StrCat("file/", source.file_position(), "/", source.line());
  }
  return absl::StrCat("message/", source.sender(), "/", source.line());
}

replay::Verdict Take(std::optional<std::string> opened, SealedField field, const std::string& key,
                     std::string& plaintext) {
  FAULT_UNLESS(opened.has_value(), "kSealedDiffers", NameOf(field), " is not what ", key,
               " seals in this place");
  plaintext = *std::move(opened);
  return kAllowed;
}

std::string KeyOf(uint64_t recipient) { return absl::StrCat("the key of recipient ", recipient); }

}  // namespace

replay::Verdict RecipientKeys::Register(const ledger::v1::RecipientRegistered& registered) {
  const uint64_t recipient = registered.recipient();
  const absl::StatusOr<Secret> key = vault_.PersonKey(recipient);
  FAULT_UNLESS(key.ok(), absl::IsNotFound(key.status()) ? "kKeyMissing" : "kKeyDamaged",
               key.status().message());
  FAULT_UNLESS(CommitmentTo(*key, recipient) == registered.key_commitment(), "kCommitmentDiffers",
               "the commitment is not that to the vault's key of recipient ", recipient);
  keys_[recipient] = *key;
  return kAllowed;
}

replay::Verdict RecipientKeys::Open(uint64_t recipient, SealedField field,
                                    const std::string& sealed, std::string& plaintext) const {
  const SealedAs as{.field = field, .recipient = recipient};
  return Take(verify::Open(keys_.at(recipient), as, sealed), field, KeyOf(recipient), plaintext);
}

replay::Verdict RecipientKeys::OpenOfLedger(const ledger::v1::Source& source, SealedField field,
                                            const std::string& sealed,
                                            std::string& plaintext) const {
  const SealedAs as{.field = field, .context = ContextOf(source)};
  return Take(verify::Open(vault_.ledger_key(), as, sealed), field, "the ledger key", plaintext);
}

}  // namespace bansos::verify
