#include "ledger/domain/key.h"

#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"

namespace bansos {
namespace {

Subject SubjectOfBody(const auto& body) {
  if constexpr (requires { body.recipient; }) {
    return body.recipient;
  } else if constexpr (requires { body.payment->recipient; }) {
    if (body.payment) return body.payment->recipient;
    return LedgerSubject{};
  } else if constexpr (requires { body.payment.recipient; }) {
    return body.payment.recipient;
  } else if constexpr (requires { body.batch.tranche; }) {
    return body.batch;
  } else if constexpr (requires { body.program; }) {
    return ProgramSubject{body.program};
  } else {
    return LedgerSubject{};
  }
}

std::string Text(const PaymentKey& key) {
  return absl::StrCat(key.program, "/", key.tranche, "/", key.recipient.value(), "/", key.number);
}
std::string Text(const BatchKey& key) {
  return absl::StrCat(key.program, "/", key.tranche, "/", key.number);
}
// A document is named by kind and number: the same number with another date is other content.
std::string Text(const std::optional<Document>& document) {
  if (!document) return "-";
  return absl::StrCat(document->kind, "/", document->number);
}
std::string Text(const Source& source) {
  if (source.file_position)
    return absl::StrCat("file/", source.file_position->value(), "/", source.line);
  return absl::StrCat("message/", source.sender, "/", source.line);
}
template <typename... Parts>
std::string Join(std::string_view name, const Parts&... parts) {
  std::string key(name);
  (absl::StrAppend(&key, "/", parts), ...);
  return key;
}

// One function a body; `document` is the envelope's.
struct KeyOfBody {
  const std::optional<Document>& document;

  std::string operator()(const LedgerOpened&) { return "LedgerOpened"; }
  std::string operator()(const RulesAdopted& e) { return Join("RulesAdopted", e.version); }
  std::string operator()(const CataloguePublished& e) {
    return Join("CataloguePublished", e.version, e.name);
  }
  std::string operator()(const AreasPublished& e) {
    return Join("AreasPublished", e.version, e.parent, e.name);
  }
  std::string operator()(const PolicySet& e) { return Join("PolicySet", e.version, e.name); }
  std::string operator()(const ProgramOpened& e) { return Join("ProgramOpened", e.program); }
  std::string operator()(const ProgramAmended& e) {
    return Join("ProgramAmended", e.program, Text(document));
  }
  std::string operator()(const RuleSetPublished& e) {
    return Join("RuleSetPublished", e.program, e.version);
  }
  std::string operator()(const BudgetAppropriated& e) {
    return Join("BudgetAppropriated", e.program, Text(document));
  }
  std::string operator()(const RecipientRegistered& e) {
    return Join("RecipientRegistered", e.recipient.value());
  }
  std::string operator()(const IdentityCorrected& e) {
    return Join("IdentityCorrected", e.recipient.value(), Text(document));
  }
  std::string operator()(const PayeeAssigned& e) {
    return Join("PayeeAssigned", e.recipient.value(), Text(document));
  }
  std::string operator()(const AssessmentRecorded& e) {
    return Join("AssessmentRecorded", e.recipient.value(), e.survey_date, Text(document));
  }
  std::string operator()(const RecipientDied& e) {
    return Join("RecipientDied", e.recipient.value(), Text(document));
  }
  std::string operator()(const CandidateProposed& e) {
    return Join("CandidateProposed", e.program, e.recipient.value(), Text(document));
  }
  std::string operator()(const EligibilityDecided& e) {
    return Join("EligibilityDecided", e.program, e.recipient.value(), e.rule_set_version,
                e.fact_version);
  }
  std::string operator()(const RecipientDecreed& e) {
    return Join("RecipientDecreed", e.program, e.slot, e.holder);
  }
  std::string operator()(const EntitlementEnded& e) {
    return Join("EntitlementEnded", e.program, e.slot, e.holder);
  }
  std::string operator()(const BatchDrafted& e) { return Join("BatchDrafted", Text(e.batch)); }
  std::string operator()(const BatchSubmitted& e) { return Step("BatchSubmitted", e); }
  std::string operator()(const BatchVerified& e) { return Step("BatchVerified", e); }
  std::string operator()(const BatchApproved& e) { return Step("BatchApproved", e); }
  std::string operator()(const BatchSentBack& e) { return Step("BatchSentBack", e); }
  std::string operator()(const BatchReleased& e) { return Step("BatchReleased", e); }
  std::string operator()(const BatchClosed& e) { return Step("BatchClosed", e); }
  std::string operator()(const PaymentInstructed& e) {
    return Join("PaymentInstructed", Text(e.payment));
  }
  std::string operator()(const PaymentWithdrawn& e) {
    return Join("PaymentWithdrawn", Text(e.payment));
  }
  std::string operator()(const TransferSent& e) {
    return Join("TransferSent", Text(e.payment), e.attempt);
  }
  std::string operator()(const OrderFileWritten& e) {
    return Join("OrderFileWritten", Text(e.batch), e.number);
  }
  std::string operator()(const ResultFileReceived& e) {
    return absl::StrCat("ResultFileReceived/", e.sha256);
  }
  std::string operator()(const TransferSettled& e) { return Join("Report", Text(e.source)); }
  std::string operator()(const TransferReturned& e) { return Join("Report", Text(e.source)); }
  std::string operator()(const ReportHeld& e) { return Join("Report", Text(e.source)); }
  std::string operator()(const PaymentReissued& e) {
    return Join("PaymentReissued", Text(e.payment), e.attempt);
  }
  std::string operator()(const PaymentRemitted& e) {
    return Join("PaymentRemitted", Text(e.payment), Text(document));
  }
  std::string operator()(const ReportResolved& e) {
    return Join("ReportResolved", e.held_position ? e.held_position->value() : 0);
  }

 private:
  static std::string Step(std::string_view name, const auto& e) {
    return Join(name, Text(e.batch), e.round);
  }
};

EventBody ReportAs(const ReportTransfer& r, const EventBody* like) {
  if (like != nullptr && std::holds_alternative<TransferSettled>(*like)) {
    TransferSettled settled;
    if (r.payment) settled.payment = *r.payment;
    settled.attempt = r.attempt;
    settled.value_date = r.value_date;
    settled.amount = r.kind == ReportKind::kSettled ? r.amount : -1;  // Differs: not a settlement.
    settled.source = r.source;
    settled.sealed_bank_reference = r.sealed_bank_reference;
    return settled;
  }
  if (like != nullptr && std::holds_alternative<TransferReturned>(*like)) {
    TransferReturned returned;
    if (r.payment) returned.payment = *r.payment;
    returned.attempt = r.attempt;
    returned.value_date = r.value_date;
    returned.amount = r.kind == ReportKind::kReturned ? r.amount : -1;
    returned.reason = r.reason;
    returned.source = r.source;
    returned.sealed_bank_reference = r.sealed_bank_reference;
    return returned;
  }
  ReportHeld held;
  const auto* recorded = like == nullptr ? nullptr : std::get_if<ReportHeld>(like);
  if (recorded == nullptr || recorded->payment) {  // Unknown references are held without payment.
    held.payment = r.payment;
    held.attempt = r.attempt;
    held.sealed_bank_reference = r.sealed_bank_reference;
  } else {
    held.sealed_bank_reference = r.sealed_strangers_bank_reference;
  }
  held.sealed_reference = r.sealed_reference;
  held.kind = r.kind;
  held.amount = r.amount;
  held.value_date = r.value_date;
  held.reason = r.reason;
  held.source = r.source;
  return held;
}

// The key pins the facts and the rules, and the truths follow from them: whoever states an older
// fact version again need not find its assessment again.
void CopyWhatFollows(const EventBody& like, EventBody& body) {
  auto* decided = std::get_if<EligibilityDecided>(&body);
  const auto* recorded = std::get_if<EligibilityDecided>(&like);
  if (decided == nullptr || recorded == nullptr) return;
  decided->assessment_position = recorded->assessment_position;
  decided->indicator_truths = recorded->indicator_truths;
}

}  // namespace

Subject SubjectOf(const EventBody& body) {
  return std::visit([](const auto& event) { return SubjectOfBody(event); }, body);
}

ChainHead HeadOf(const State& state, const Subject& subject) {
  if (const auto* number = std::get_if<RecipientNumber>(&subject)) {
    const RecipientState* recipient = state.FindRecipient(*number);
    return recipient == nullptr ? std::nullopt : recipient->last;
  }
  if (const auto* key = std::get_if<BatchKey>(&subject)) {
    const BatchState* batch = state.FindBatch(*key);
    return batch == nullptr ? std::nullopt : batch->last;
  }
  if (const auto* program_subject = std::get_if<ProgramSubject>(&subject)) {
    const ProgramState* program = state.FindProgram(program_subject->program);
    return program == nullptr ? std::nullopt : program->last;
  }
  return state.ledger_last;
}

void SetHead(State& state, const Subject& subject, Position position) {
  if (const auto* number = std::get_if<RecipientNumber>(&subject)) {
    if (RecipientState* recipient = state.FindRecipient(*number)) recipient->last = position;
  } else if (const auto* key = std::get_if<BatchKey>(&subject)) {
    if (BatchState* batch = state.FindBatch(*key)) batch->last = position;
  } else if (const auto* program_subject = std::get_if<ProgramSubject>(&subject)) {
    if (ProgramState* program = state.FindProgram(program_subject->program))
      program->last = position;
  } else {
    state.ledger_last = position;
  }
}

std::string BusinessKey(const Event& event) {
  return std::visit(KeyOfBody{event.envelope.document}, event.body);
}

Event AsStated(const Command& command, const EventBody* like) {
  Event event;
  event.envelope = command.envelope;
  if (const auto* report = std::get_if<ReportTransfer>(&command.body)) {
    event.body = ReportAs(*report, like);
  } else {
    event.body = std::get<EventBody>(command.body);
    if (like != nullptr) CopyWhatFollows(*like, event.body);
  }
  return event;
}

Fingerprint FingerprintOf(const std::string& key) {
  const Hash hash = Sha256(key);
  const std::string_view bytes = AsBytes(hash);
  return {LoadBigEndian<uint64_t>(bytes), LoadBigEndian<uint64_t>(bytes.substr(8))};
}

}  // namespace bansos
