#include "ledger/domain/key.h"

#include <string_view>

#include "ledger/base/endian.h"
#include "ledger/base/hash.h"

namespace bansos {
namespace {

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

const EventTraits& TraitsOf(const EventBody& body) {
  return std::visit([](const auto& event) -> const EventTraits& { return event.kTraits; }, body);
}

Named NamesOf(const EventBody& body) {
  return std::visit([](const auto& event) { return event.Names(); }, body);
}

Subject SubjectOf(const EventBody& body) {
  const Named named = NamesOf(body);
  if (const RecipientNumber recipient = RecipientOf(named); recipient.value() != 0) {
    return recipient;
  }
  if (named.batch != nullptr) return *named.batch;
  if (!named.program.empty()) return ProgramSubject{std::string(named.program)};
  return LedgerSubject{};
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
  return std::visit([&](const auto& body) { return body.Key(event.envelope.document); },
                    event.body);
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
