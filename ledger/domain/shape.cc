#include "ledger/domain/shape.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/domain/reference.h"
#include "ledger/domain/shape_rules.h"
#include "ledger/domain/state.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

Check ShapeOf(const LedgerOpened& e) { return Text("ledger id", e.ledger_id); }
Check ShapeOf(const RulesAdopted& e) { return AtLeastOne("version", e.version); }

template <typename E>
Check LegalShape(const E& e) {
  RETURN_IF_REFUSED(AtLeastOne("version", e.version));
  RETURN_IF_REFUSED(Text("legal basis", e.legal_basis));
  return RequiredDate("date in force", e.date_in_force);
}

Check ShapeOf(const CataloguePublished& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(AtLeastOne("indicators", e.indicators.size()));
  for (const Indicator& indicator : e.indicators) {
    RETURN_IF_REFUSED(AtLeastOne("indicator number", indicator.number));
    RETURN_IF_REFUSED(Name("indicator id", indicator.id));
    RETURN_IF_REFUSED(OneOf("indicator kind", indicator.kind, IndicatorKind::kDate));
    for (const auto* text : {&indicator.codes, &indicator.meaning, &indicator.source}) {
      REFUSE_IF(text->size() > kMaxTextLength, RefusalCode::kTextTooLong, indicator.id);
    }
  }
  return std::nullopt;
}

Check ShapeOf(const AreasPublished& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(Code("parent", e.parent));
  RETURN_IF_REFUSED(AtLeastOne("areas", e.areas.size()));
  for (const Area& area : e.areas) {
    RETURN_IF_REFUSED(Code("area code", area.code));
    RETURN_IF_REFUSED(Text("area name", area.name));
  }
  return std::nullopt;
}

Check ShapeOf(const PolicySet& e) {
  RETURN_IF_REFUSED(Name("name", e.name));
  return LegalShape(e);
}

Check TrancheShapes(const std::vector<Tranche>& tranches) {
  RETURN_IF_REFUSED(AtLeastOne("tranches", tranches.size()));
  for (const Tranche& tranche : tranches) {
    RETURN_IF_REFUSED(AtLeastOne("tranche number", tranche.number));
    RETURN_IF_REFUSED(RequiredDate("entitlement date", tranche.entitlement_date));
  }
  return std::nullopt;
}

Check ShapeOf(const ProgramOpened& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(Text("name", e.name));
  RETURN_IF_REFUSED(AtLeastOne("fiscal year", e.fiscal_year));
  RETURN_IF_REFUSED(RequiredDate("fiscal year end", e.fiscal_year_end));
  RETURN_IF_REFUSED(AtLeastOne("quota", e.quota));
  RETURN_IF_REFUSED(OneOf("fund", e.fund, Fund::kApbdEarmarked));
  RETURN_IF_REFUSED(AtLeastOne("recipient kinds", e.recipient_kinds.size()));
  for (const RecipientKind kind : e.recipient_kinds) {
    RETURN_IF_REFUSED(OneOf("recipient kind", kind, RecipientKind::kInstitution));
  }
  return TrancheShapes(e.tranches);
}

Check ShapeOf(const ProgramAmended& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(AtLeastOne("quota", e.quota));
  return TrancheShapes(e.tranches);
}

Check ShapeOf(const RuleSetPublished& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(LegalShape(e));
  RETURN_IF_REFUSED(AtLeastOne("criteria", e.criteria.size()));
  for (const Criterion& criterion : e.criteria) {
    RETURN_IF_REFUSED(Name("criterion id", criterion.id));
    RETURN_IF_REFUSED(Text("criterion title", criterion.title));
  }
  return std::nullopt;
}

Check ShapeOf(const BudgetAppropriated& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  REFUSE_FIELD_IF(e.amount == 0 || e.amount < -kMaxRupiah || e.amount > kMaxRupiah,
                  RefusalCode::kBadAmount, "amount", absl::StrCat(e.amount));
  return std::nullopt;
}

Check ShapeOf(const RecipientRegistered& e) {
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(OneOf("kind", e.kind, RecipientKind::kInstitution));
  RETURN_IF_REFUSED(Sealed("identity", e.sealed_identity));
  return Bytes32("key commitment", e.key_commitment);
}

Check ShapeOf(const IdentityCorrected& e) {
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  return Sealed("identity", e.sealed_identity);
}

Check ShapeOf(const PayeeAssigned& e) {
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(OneOf("channel", e.channel, Channel::kEmployerCash));
  RETURN_IF_REFUSED(OneOf("holder", e.holder, Holder::kAttorney));
  REFUSE_FIELD_IF(e.shared_account_reason > SharedAccountReason::kInstitution,
                  RefusalCode::kBadEnum, "shared account reason", "");
  return Sealed("payee details", e.sealed_details);
}

Check ShapeOf(const AssessmentRecorded& e) {
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(Name("catalogue", e.catalogue));
  RETURN_IF_REFUSED(AtLeastOne("catalogue version", e.catalogue_version));
  RETURN_IF_REFUSED(RequiredDate("survey date", e.survey_date));
  return Sealed("values", e.sealed_values);
}

Check ShapeOf(const RecipientDied& e) {
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(OptionalDate("date of death", e.died_on));
  return OneOf("source", e.source, DeathSource::kBank);
}

Check ShapeOf(const CandidateProposed& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(Code("proposer", e.proposer));
  return Code("class", e.candidate_class);
}

Check ShapeOf(const EligibilityDecided& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  return AtLeastOne("rule set version", e.rule_set_version);
}

Check ShapeOf(const RecipientDecreed& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(AtLeastOne("slot", e.slot));
  RETURN_IF_REFUSED(AtLeastOne("holder", e.holder));
  return AtLeastOne("first tranche", e.first_tranche);
}

Check ShapeOf(const EntitlementEnded& e) {
  RETURN_IF_REFUSED(ProgramCode(e.program));
  RETURN_IF_REFUSED(AtLeastOne("recipient", e.recipient.value()));
  RETURN_IF_REFUSED(AtLeastOne("slot", e.slot));
  RETURN_IF_REFUSED(AtLeastOne("holder", e.holder));
  RETURN_IF_REFUSED(OneOf("reason", e.reason, EndReason::kCivilServant));
  return RequiredDate("end", e.ended_on);
}

Check ShapeOf(const BatchDrafted& e) { return Batch(e.batch); }

template <typename Step>
requires requires(Step step) { step.round; }
Check ShapeOf(const Step& e) {
  RETURN_IF_REFUSED(Batch(e.batch));
  return AtLeastOne("round", e.round);
}

Check ShapeOf(const PaymentInstructed& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  RETURN_IF_REFUSED(AtLeastOne("batch", e.batch));
  // What could never be sent must not be instructed.
  REFUSE_IF(FormatReference(e.payment, kMaxAttempts).size() > kMaxReferenceLength,
            RefusalCode::kReferenceTooLong, FormatReference(e.payment, kMaxAttempts));
  return Amount("amount", e.amount);
}

Check ShapeOf(const PaymentWithdrawn& e) { return Payment(e.payment); }

Check ShapeOf(const TransferSent& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  return AtLeastOne("attempt", e.attempt);
}

Check ShapeOf(const PaymentReissued& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  return AtLeastOne("attempt", e.attempt);
}

Check ShapeOf(const PaymentRemitted& e) { return Payment(e.payment); }

Check ShapeOf(const OrderFileWritten& e) {
  RETURN_IF_REFUSED(Batch(e.batch));
  RETURN_IF_REFUSED(AtLeastOne("number", e.number));
  RETURN_IF_REFUSED(AtLeastOne("attempt", e.attempt));
  RETURN_IF_REFUSED(Bytes32("sha256", e.sha256));
  RETURN_IF_REFUSED(AtLeastOne("count", e.count));
  return Amount("total", e.total);
}

Check ShapeOf(const ResultFileReceived& e) {
  RETURN_IF_REFUSED(Code("kind", e.kind));
  RETURN_IF_REFUSED(Code("sender", e.sender));
  RETURN_IF_REFUSED(Bytes32("sha256", e.sha256));
  for (const Rupiah total : {e.settled_total, e.returned_total}) {
    REFUSE_IF(total < 0 || total > kMaxRupiah, RefusalCode::kBadAmount,
              absl::StrCat("total ", total));
  }
  return AtLeastOne("lines", e.lines);
}

Check ShapeOf(const TransferSettled& e) {
  RETURN_IF_REFUSED(Payment(e.payment));
  RETURN_IF_REFUSED(AtLeastOne("attempt", e.attempt));
  RETURN_IF_REFUSED(RequiredDate("value date", e.value_date));
  RETURN_IF_REFUSED(Amount("amount", e.amount));
  return From(e.source);
}

Check ShapeOf(const ReportResolved& e) {
  REFUSE_IF(!e.held_position, RefusalCode::kBadNumber, "held position");
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
    RETURN_IF_REFUSED(AtLeastOne("attempt", r.attempt));
  }
  RETURN_IF_REFUSED(OneOf("kind", r.kind, ReportKind::kReturned));
  RETURN_IF_REFUSED(Amount("amount", r.amount));
  RETURN_IF_REFUSED(RequiredDate("value date", r.value_date));
  const bool returned = r.kind == ReportKind::kReturned;
  REFUSE_FIELD_IF(returned == (r.reason == ReturnReason::kNone) || r.reason > ReturnReason::kNARR,
                  RefusalCode::kBadEnum, "return reason", "");
  RETURN_IF_REFUSED(Sealed("reference", r.sealed_reference));
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
  REFUSE_FIELD_IF(envelope.request_id.size() > kMaxTextLength, RefusalCode::kTextTooLong,
                  "request id", "");
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
