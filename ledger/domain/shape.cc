#include "ledger/domain/shape.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/domain/reference.h"
#include "ledger/domain/shape_publications.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

Check ShapeOf(const BudgetAppropriated& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  REFUSE_FIELD_IF(e.amount == 0 || e.amount < -kMaxRupiah || e.amount > kMaxRupiah,
                  RefusalCode::kBadAmount, "amount", absl::StrCat(e.amount));
  return std::nullopt;
}

Check ShapeOf(const RecipientRegistered& e) {
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(OneOf("kind", e.kind, RecipientKind::kInstitution));
  RETURN_IF_REFUSED(AtMost("kk token", e.kk_token.value(), kMaxToken));
  RETURN_IF_REFUSED(Sealed("identity", e.sealed_identity));
  return Bytes32("key commitment", e.key_commitment);
}

Check ShapeOf(const IdentityCorrected& e) {
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(AtMost("kk token", e.kk_token.value(), kMaxToken));
  return Sealed("identity", e.sealed_identity);
}

Check ShapeOf(const PayeeAssigned& e) {
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(OneOf("channel", e.channel, Channel::kEmployerCash));
  RETURN_IF_REFUSED(OneOf("holder", e.holder, Holder::kAttorney));
  REFUSE_FIELD_IF(e.shared_account_reason > SharedAccountReason::kInstitution,
                  RefusalCode::kBadEnum, "shared account reason", "");
  RETURN_IF_REFUSED(AtMost("account token", e.account_token.value(), kMaxToken));
  return Sealed("payee details", e.sealed_details);
}

Check ShapeOf(const AssessmentRecorded& e) {
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(Name("catalogue", e.catalogue));
  RETURN_IF_REFUSED(Number("catalogue version", e.catalogue_version, kMaxVersion));
  RETURN_IF_REFUSED(RequiredDate("survey date", e.survey_date));
  return Sealed("values", e.sealed_values);
}

Check ShapeOf(const RecipientDied& e) {
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(OptionalDate("date of death", e.died_on));
  return OneOf("source", e.source, DeathSource::kBank);
}

Check ShapeOf(const CandidateProposed& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(Code("proposer", e.proposer));
  return Code("class", e.candidate_class);
}

Check ShapeOf(const EligibilityDecided& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(Number("rule set version", e.rule_set_version, kMaxVersion));
  RETURN_IF_REFUSED(Number("fact version", e.fact_version, kMaxFactVersion));
  RETURN_IF_REFUSED(OptionalPosition("assessment position", e.assessment_position));
  RETURN_IF_REFUSED(AtMost("indicator truths", e.indicator_truths.size(), kMaxCriteria));
  for (const Truth truth : e.indicator_truths) {
    REFUSE_FIELD_IF(truth > Truth::kUnknown, RefusalCode::kBadEnum, "indicator truths", "");
  }
  return std::nullopt;
}

Check ShapeOf(const RecipientDecreed& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(Number("slot", e.slot, kMaxQuota));
  RETURN_IF_REFUSED(Number("holder", e.holder, kMaxHolder));
  RETURN_IF_REFUSED(Number("first tranche", e.first_tranche, kMaxTranches));
  RETURN_IF_REFUSED(AtMost("replaces", e.replaces.value(), kMaxRecipientNumber));
  return Total("amount", e.amount);
}

Check ShapeOf(const EntitlementEnded& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Recipient(e.recipient));
  RETURN_IF_REFUSED(Number("slot", e.slot, kMaxQuota));
  RETURN_IF_REFUSED(Number("holder", e.holder, kMaxHolder));
  RETURN_IF_REFUSED(AtMost("last tranche", e.last_tranche, kMaxTranches));
  RETURN_IF_REFUSED(OneOf("reason", e.reason, EndReason::kCivilServant));
  return RequiredDate("end", e.ended_on);
}

Check ShapeOf(const BatchDrafted& e) { return Batch(e.batch); }

template <typename Step>
requires requires(Step step) { step.round; }
Check ShapeOf(const Step& e) {
  RETURN_IF_REFUSED(Batch(e.batch));
  if constexpr (requires { e.list; }) {
    RETURN_IF_REFUSED(AtMost("count", e.list.count, kMaxBatchCount));
    RETURN_IF_REFUSED(Total("total", e.list.total));
  }
  return Number("round", e.round, kMaxRound);
}

Check ShapeOf(const PaymentInstructed& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  RETURN_IF_REFUSED(Number("batch", e.batch, kMaxBatchNumber));
  // What could never be sent must not be instructed.
  REFUSE_IF(FormatReference(e.payment, kMaxAttempts).size() > kMaxReferenceLength,
            RefusalCode::kReferenceTooLong, FormatReference(e.payment, kMaxAttempts));
  return Amount("amount", e.amount);
}

Check ShapeOf(const PaymentWithdrawn& e) { return Payment(e.payment); }

Check ShapeOf(const TransferSent& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  RETURN_IF_REFUSED(OptionalPosition("payee position", e.payee_position));
  return Attempt(e.attempt);
}

Check ShapeOf(const PaymentReissued& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  return Attempt(e.attempt);
}

Check ShapeOf(const PaymentRemitted& e) { return Payment(e.payment); }

Check ShapeOf(const OrderFileWritten& e) {
  RETURN_IF_REFUSED(Batch(e.batch));
  RETURN_IF_REFUSED(Number("number", e.number, kMaxOrderFiles));
  RETURN_IF_REFUSED(Attempt(e.attempt));
  RETURN_IF_REFUSED(AtMost("again", e.again, kMaxOrderFiles));
  RETURN_IF_REFUSED(Bytes32("sha256", e.sha256));
  RETURN_IF_REFUSED(Number("count", e.count, kMaxBatchCount));
  return Amount("total", e.total);
}

Check ShapeOf(const ResultFileReceived& e) {
  RETURN_IF_REFUSED(Code("kind", e.kind));
  RETURN_IF_REFUSED(Code("sender", e.sender));
  RETURN_IF_REFUSED(Bytes32("sha256", e.sha256));
  RETURN_IF_REFUSED(Total("settled total", e.settled_total));
  RETURN_IF_REFUSED(Total("returned total", e.returned_total));
  return Number("lines", e.lines, kMaxFileLines);
}

Check ShapeOf(const TransferSettled& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  RETURN_IF_REFUSED(Attempt(e.attempt));
  RETURN_IF_REFUSED(RequiredDate("value date", e.value_date));
  RETURN_IF_REFUSED(Amount("amount", e.amount));
  RETURN_IF_REFUSED(OptionalPosition("cites", e.cites));
  RETURN_IF_REFUSED(OptionalSealed("bank reference", e.sealed_bank_reference));
  return From(e.source);
}

Check ShapeOf(const ReportResolved& e) {
  REFUSE_IF(!e.held_position, RefusalCode::kBadNumber, "held position");
  RETURN_IF_REFUSED(OptionalPosition("held position", e.held_position));
  RETURN_IF_REFUSED(AtMost("carried by", e.carried_by.size(), kMaxCarriedBy));
  for (const Position position : e.carried_by) {
    RETURN_IF_REFUSED(OptionalPosition("carried by", position));
  }
  return std::nullopt;
}

// The ledger writes these from reports; nobody may state them.
Check ShapeOf(const TransferReturned&) {
  return Refusal{RefusalCode::kNotACommand, "TransferReturned"};
}
Check ShapeOf(const ReportHeld&) { return Refusal{RefusalCode::kNotACommand, "ReportHeld"}; }

Check ShapeOf(const ReportTransfer& r) {
  if (r.payment) {
    RETURN_IF_REFUSED(Payment(*r.payment));
    RETURN_IF_REFUSED(Attempt(r.attempt));
  }
  RETURN_IF_REFUSED(OneOf("kind", r.kind, ReportKind::kReturned));
  RETURN_IF_REFUSED(Amount("amount", r.amount));
  RETURN_IF_REFUSED(RequiredDate("value date", r.value_date));
  const bool returned = r.kind == ReportKind::kReturned;
  REFUSE_FIELD_IF(returned == (r.reason == ReturnReason::kNone) || r.reason > ReturnReason::kNARR,
                  RefusalCode::kBadEnum, "return reason", "");
  RETURN_IF_REFUSED(Sealed("reference", r.sealed_reference));
  RETURN_IF_REFUSED(OptionalSealed("bank reference", r.sealed_bank_reference));
  return From(r.source);
}

template <typename Body>
inline constexpr bool kNeedsDocument =
    std::is_same_v<Body, ProgramAmended> || std::is_same_v<Body, BudgetAppropriated> ||
    std::is_same_v<Body, IdentityCorrected> || std::is_same_v<Body, PayeeAssigned> ||
    std::is_same_v<Body, AssessmentRecorded> || std::is_same_v<Body, RecipientDied> ||
    std::is_same_v<Body, CandidateProposed> || std::is_same_v<Body, RecipientDecreed> ||
    std::is_same_v<Body, EntitlementEnded> || std::is_same_v<Body, BatchSubmitted> ||
    std::is_same_v<Body, BatchApproved> || std::is_same_v<Body, BatchReleased> ||
    std::is_same_v<Body, PaymentRemitted>;

Check DocumentShape(const Document& document) {
  RETURN_IF_REFUSED(Code("document kind", document.kind));
  RETURN_IF_REFUSED(Text("document number", document.number));
  RETURN_IF_REFUSED(NotPersonal("document number", document.number));
  RETURN_IF_REFUSED(RequiredDate("document date", document.date));
  if (document.signatory.empty()) return std::nullopt;
  return Actor(document.signatory, "document signatory");
}

Check EnvelopeShape(const Envelope& envelope, bool needs_document) {
  RETURN_IF_REFUSED(Actor(envelope.actor));
  RETURN_IF_REFUSED(OptionalText("request id", envelope.request_id));
  RETURN_IF_REFUSED(NotPersonal("request id", envelope.request_id));
  RETURN_IF_REFUSED(OptionalDate("effective date", envelope.effective_date));
  REFUSE_IF(needs_document && !envelope.document, RefusalCode::kDocumentRequired, "");
  if (!envelope.document) return std::nullopt;
  return DocumentShape(*envelope.document);
}

}  // namespace

Check CheckShape(const Command& command) {
  if (const auto* report = std::get_if<ReportTransfer>(&command.body)) {
    RETURN_IF_REFUSED(EnvelopeShape(command.envelope, false));
    return ShapeOf(*report);
  }
  return std::visit(
      [&](const auto& body) -> Check {
        RETURN_IF_REFUSED(
            EnvelopeShape(command.envelope, kNeedsDocument<std::decay_t<decltype(body)>>));
        return ShapeOf(body);
      },
      std::get<EventBody>(command.body));
}

}  // namespace bansos
