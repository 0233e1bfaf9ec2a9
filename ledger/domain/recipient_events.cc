#include "ledger/domain/recipient_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

std::string RecipientRegistered::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, recipient.value());
}
Check RecipientRegistered::Shape() const {
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(OneOf("kind", kind, RecipientKind::kInstitution));
  RETURN_IF_REFUSED(AtMost("kk token", kk_token.value(), kMaxToken));
  RETURN_IF_REFUSED(Sealed("identity", sealed_identity));
  return Bytes32("key commitment", key_commitment);
}

std::string IdentityCorrected::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, recipient.value(), KeyPart(document));
}
Check IdentityCorrected::Shape() const {
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(AtMost("kk token", kk_token.value(), kMaxToken));
  return Sealed("identity", sealed_identity);
}

std::string PayeeAssigned::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, recipient.value(), KeyPart(document));
}
Check PayeeAssigned::Shape() const {
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(OneOf("channel", channel, Channel::kEmployerCash));
  RETURN_IF_REFUSED(OneOf("holder", holder, Holder::kAttorney));
  REFUSE_FIELD_IF(shared_account_reason > SharedAccountReason::kInstitution, RefusalCode::kBadEnum,
                  "shared account reason", "");
  RETURN_IF_REFUSED(AtMost("account token", account_token.value(), kMaxToken));
  return Sealed("payee details", sealed_details);
}

std::string AssessmentRecorded::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, recipient.value(), survey_date, KeyPart(document));
}
Check AssessmentRecorded::Shape() const {
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(Name("catalogue", catalogue));
  RETURN_IF_REFUSED(Number("catalogue version", catalogue_version, kMaxVersion));
  RETURN_IF_REFUSED(RequiredDate("survey date", survey_date));
  return Sealed("values", sealed_values);
}

std::string RecipientDied::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, recipient.value(), KeyPart(document));
}
Check RecipientDied::Shape() const {
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(OptionalDate("date of death", died_on));
  return OneOf("source", source, DeathSource::kBank);
}

}  // namespace bansos
