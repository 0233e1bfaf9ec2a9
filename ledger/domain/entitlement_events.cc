#include "ledger/domain/entitlement_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

std::string CandidateProposed::Key(const std::optional<Document>& document) const {
  return KeyText(kTraits.name, program, recipient.value(), KeyPart(document));
}
Check CandidateProposed::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(Code("proposer", proposer));
  return Code("class", candidate_class);
}

std::string EligibilityDecided::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, program, recipient.value(), rule_set_version, fact_version);
}
Check EligibilityDecided::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(Number("rule set version", rule_set_version, kMaxVersion));
  RETURN_IF_REFUSED(Number("fact version", fact_version, kMaxFactVersion));
  RETURN_IF_REFUSED(OptionalPosition("assessment position", assessment_position));
  RETURN_IF_REFUSED(AtMost("indicator truths", indicator_truths.size(), kMaxCriteria));
  for (const Truth truth : indicator_truths) {
    REFUSE_FIELD_IF(truth > Truth::kUnknown, RefusalCode::kBadEnum, "indicator truths", "");
  }
  return std::nullopt;
}

std::string RecipientDecreed::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, program, slot, holder);
}
Check RecipientDecreed::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(Number("slot", slot, kMaxQuota));
  RETURN_IF_REFUSED(Number("holder", holder, kMaxHolder));
  RETURN_IF_REFUSED(Number("first tranche", first_tranche, kMaxTranches));
  RETURN_IF_REFUSED(AtMost("replaces", replaces.value(), kMaxRecipientNumber));
  return Total("amount", amount);
}

std::string EntitlementEnded::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, program, slot, holder);
}
Check EntitlementEnded::Shape() const {
  RETURN_IF_REFUSED(ProgramCode(program));
  RETURN_IF_REFUSED(Recipient(recipient));
  RETURN_IF_REFUSED(Number("slot", slot, kMaxQuota));
  RETURN_IF_REFUSED(Number("holder", holder, kMaxHolder));
  RETURN_IF_REFUSED(AtMost("last tranche", last_tranche, kMaxTranches));
  RETURN_IF_REFUSED(OneOf("reason", reason, EndReason::kCivilServant));
  return RequiredDate("end", ended_on);
}

}  // namespace bansos
