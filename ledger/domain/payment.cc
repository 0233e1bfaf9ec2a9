#include "ledger/domain/payment.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "ledger/domain/reference.h"

namespace bansos {
namespace {

constexpr const char* kPhaseNames[] = {"",        "instructed", "withdrawn", "sent",
                                       "settled", "returned",   "reissued",  "remitted"};

bool IsUnsent(PaymentPhase phase) {
  return phase == PaymentPhase::kInstructed || phase == PaymentPhase::kReissued;
}

bool IsEnded(PaymentPhase phase) {
  return phase == PaymentPhase::kWithdrawn || phase == PaymentPhase::kRemitted;
}

// Return reasons after which the same payee may be tried again (DOMAIN 4, PaymentReissued).
bool AllowsSamePayee(ReturnReason reason) {
  return reason == ReturnReason::kDS28 || reason == ReturnReason::kNOAS ||
         reason == ReturnReason::kCNPC || reason == ReturnReason::kAM02;
}

Refusal WrongState(const PaymentKey& key, const PaymentState& payment) {
  return {RefusalCode::kWrongState,
          absl::StrCat(Describe(key), " is ", kPhaseNames[static_cast<int>(payment.phase)])};
}

// The newest entitlement that owes the tranche; nullptr when none does.
const Entitlement* Owing(const ProgramState& program, RecipientNumber recipient, uint32_t tranche) {
  const Candidacy* candidacy = program.FindCandidacy(recipient);
  if (candidacy == nullptr) return nullptr;
  for (auto it = candidacy->entitlements.rbegin(); it != candidacy->entitlements.rend(); ++it) {
    if (it->Owes(tranche)) return &*it;
  }
  return nullptr;
}

// The entitlement that a payment rests on.
const Entitlement* Pinned(const ProgramState& program, const PaymentState& payment) {
  const Candidacy* candidacy = program.FindCandidacy(payment.recipient);
  if (candidacy == nullptr) return nullptr;
  for (const Entitlement& entitlement : candidacy->entitlements) {
    if (entitlement.decree_position == payment.decree_position) return &entitlement;
  }
  return nullptr;
}

Check CheckNumber(const State& state, const ProgramState& program, const PaymentKey& key) {
  const auto latest = program.payment_of_recipient.find({key.tranche, key.recipient.value()});
  const PaymentState* last =
      latest == program.payment_of_recipient.end() ? nullptr : &state.at(latest->second);
  const uint32_t next = last == nullptr ? 1 : last->number + 1;
  REFUSE_IF(key.number != next, RefusalCode::kNumberOutOfOrder,
            absl::StrCat(Describe(key), ", next is ", next));
  REFUSE_IF(last != nullptr && !IsEnded(last->phase), RefusalCode::kPaymentExists,
            absl::StrCat(Describe(key), ": number ", last->number, " is ",
                         kPhaseNames[static_cast<int>(last->phase)]));
  return std::nullopt;
}

absl::StatusOr<PaymentIndex> Existing(const State& state, const PaymentKey& key) {
  const auto index = state.FindPayment(key);
  if (!index) {
    return absl::DataLossError(absl::StrCat("the log names an unknown payment: ", Describe(key)));
  }
  return *index;
}

void AddDrafter(BatchState& batch, ActorIndex actor) {
  for (const ActorIndex drafter : batch.drafters) {
    if (drafter == actor) return;
  }
  batch.drafters.push_back(actor);
}

}  // namespace

std::string Describe(const PaymentKey& payment) {
  return absl::StrCat(payment.program, " tranche ", payment.tranche, " recipient ",
                      payment.recipient.value(), " payment ", payment.number);
}

Bucket BucketOf(PaymentPhase phase) {
  switch (phase) {
    case PaymentPhase::kInstructed:
    case PaymentPhase::kReissued:
      return Bucket::kObligated;
    case PaymentPhase::kNone:
    case PaymentPhase::kWithdrawn:
      return Bucket::kAvailable;
    case PaymentPhase::kSent:
      return Bucket::kInTransit;
    case PaymentPhase::kSettled:
      return Bucket::kPaid;
    case PaymentPhase::kReturned:
      return Bucket::kReturned;
    case PaymentPhase::kRemitted:
      return Bucket::kRemitted;
  }
  return Bucket::kOutside;
}

Movement MoveTo(const State& state, const PaymentState& payment, Bucket to) {
  return {state.at(payment.batch).number, payment.area, payment.amount, BucketOf(payment.phase),
          to};
}

Check CheckNoOpenReport(const ProgramState& program, uint32_t tranche, RecipientNumber recipient,
                        uint32_t slot) {
  const auto open = [](const auto& counts, const TrancheOf& key) {
    const auto it = counts.find(key);
    return it != counts.end() && it->second > 0;
  };
  REFUSE_IF(open(program.open_reports_of_recipient, {tranche, recipient.value()}) ||
                open(program.open_reports_of_slot, {tranche, slot}),
            RefusalCode::kReportOpen,
            absl::StrCat(program.terms.program, " tranche ", tranche, " recipient ",
                         recipient.value(), " slot ", slot));
  return std::nullopt;
}

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const PaymentInstructed& event) {
  State& state = context.state;
  ProgramState* program = state.FindProgram(event.payment.program);
  const auto batch =
      state.batch_of_key.find({event.payment.program, event.payment.tranche, event.batch});
  const RecipientState* recipient = state.FindRecipient(event.payment.recipient);
  if (program == nullptr || batch == state.batch_of_key.end() || recipient == nullptr ||
      !event.decree_position || !event.payee_position) {
    return absl::DataLossError(
        absl::StrCat("the log instructs what cannot be: ", Describe(event.payment)));
  }
  const PaymentIndex index(static_cast<uint32_t>(state.payments.size()));
  PaymentState& payment = state.payments.emplace_back();
  payment.program = state.program_of_code[event.payment.program];
  payment.tranche = event.payment.tranche;
  payment.recipient = event.payment.recipient;
  payment.number = event.payment.number;
  payment.batch = batch->second;
  payment.slot = event.slot;
  payment.area = recipient->area;
  payment.amount = event.amount;
  payment.payee_recorder = recipient->payee_recorder;
  payment.instructed_at = context.position;
  payment.decree_position = *event.decree_position;
  payment.payee_position = *event.payee_position;
  const TrancheOf by_recipient{payment.tranche, payment.recipient.value()};
  const auto latest = program->payment_of_recipient.find(by_recipient);
  if (latest != program->payment_of_recipient.end()) payment.previous = latest->second;
  program->payment_of_recipient[by_recipient] = index;
  program->payment_of_slot[{payment.tranche, payment.slot}] = index;
  ++program->payments_of_tranche[payment.tranche];
  BatchState& list = state.at(payment.batch);
  list.payments.push_back(index);
  ++list.count;
  list.total += event.amount;
  AddDrafter(list, state.actors.Intern(context.envelope.actor));
  return Move(state, payment, PaymentPhase::kInstructed, event.movement);
}

absl::Status Evolve(const EvolveContext& context, const PaymentWithdrawn& event) {
  State& state = context.state;
  const auto index = Existing(state, event.payment);
  if (!index.ok()) return index.status();
  PaymentState& payment = state.at(*index);
  --state.at(payment.program).payments_of_tranche[payment.tranche];
  BatchState& batch = state.at(payment.batch);
  --batch.count;
  batch.total -= payment.amount;
  AddDrafter(batch, state.actors.Intern(context.envelope.actor));
  return Move(state, payment, PaymentPhase::kWithdrawn, event.movement);
}

absl::Status Evolve(const EvolveContext& context, const TransferSent& event) {
  const auto index = Existing(context.state, event.payment);
  if (!index.ok()) return index.status();
  PaymentState& payment = context.state.at(*index);
  payment.attempt_sent = true;
  payment.sent_attempts |= uint64_t{1} << event.attempt;
  payment.last_sent_at = context.position;
  return Move(context.state, payment, PaymentPhase::kSent, event.movement);
}

absl::Status Evolve(const EvolveContext& context, const PaymentReissued& event) {
  const auto index = Existing(context.state, event.payment);
  if (!index.ok()) return index.status();
  PaymentState& payment = context.state.at(*index);
  const RecipientState* recipient = context.state.FindRecipient(payment.recipient);
  if (recipient == nullptr || !event.payee_position || event.attempt > kMaxAttempts) {
    return absl::DataLossError(
        absl::StrCat("the log reissues to nobody: ", Describe(event.payment)));
  }
  payment.attempt = event.attempt;
  payment.attempt_sent = false;
  payment.return_reason = ReturnReason::kNone;
  payment.standing_date = 0;
  payment.payee_position = *event.payee_position;
  payment.payee_recorder = recipient->payee_recorder;
  return Move(context.state, payment, PaymentPhase::kReissued, event.movement);
}

absl::Status Evolve(const EvolveContext& context, const PaymentRemitted& event) {
  const auto index = Existing(context.state, event.payment);
  if (!index.ok()) return index.status();
  PaymentState& payment = context.state.at(*index);
  return Move(context.state, payment, PaymentPhase::kRemitted, event.movement);
}

// ---- Decide ----

Check Decide(const DecideContext& context, PaymentInstructed& event) {
  const State& state = context.state;
  const PaymentKey& key = event.payment;
  const ProgramState& program = *state.FindProgram(key.program);
  const Tranche* tranche = program.FindTranche(key.tranche);
  REFUSE_IF(tranche == nullptr, RefusalCode::kTrancheUnknown, Describe(key));
  const BatchState* batch = state.FindBatch({key.program, key.tranche, event.batch});
  REFUSE_IF(batch == nullptr, RefusalCode::kBatchUnknown,
            absl::StrCat(Describe(key), ", batch ", event.batch));
  REFUSE_IF(batch->phase != BatchPhase::kDraft, RefusalCode::kBatchNotDraft, Describe(key));
  REFUSE_IF(batch->payments.size() >= kMaxBatchCount, RefusalCode::kBatchFull,
            absl::StrCat(Describe(key), ", batch ", event.batch, " has ", kMaxBatchCount,
                         " payments, withdrawn ones too"));
  const RecipientState& recipient = *state.FindRecipient(key.recipient);
  REFUSE_IF(recipient.died_on != 0, RefusalCode::kRecipientDead, Describe(key));
  const Entitlement* entitlement = Owing(program, key.recipient, key.tranche);
  REFUSE_IF(entitlement == nullptr, RefusalCode::kTrancheNotOwed, Describe(key));
  RETURN_IF_REFUSED(CheckNumber(state, program, key));
  const auto in_slot = program.payment_of_slot.find({key.tranche, entitlement->slot});
  REFUSE_IF(in_slot != program.payment_of_slot.end() && !IsEnded(state.at(in_slot->second).phase),
            RefusalCode::kSlotAlreadyPaid,
            absl::StrCat(Describe(key), ", slot ", entitlement->slot));
  const Rupiah owed = program.terms.amount_by_decree ? entitlement->amount : tranche->amount;
  REFUSE_IF(event.amount != owed, RefusalCode::kAmountNotTranche,
            absl::StrCat(Describe(key), ", Rp ", event.amount, " instead of Rp ", owed));
  REFUSE_IF(!recipient.payee_position, RefusalCode::kPayeeMissing, Describe(key));
  RETURN_IF_REFUSED(CheckNoOpenReport(program, key.tranche, key.recipient, entitlement->slot));
  const Rupiah available = program.buckets[static_cast<size_t>(Bucket::kAvailable)];
  REFUSE_IF(event.amount > available, RefusalCode::kNotEnoughAvailable,
            absl::StrCat(Describe(key), ", Rp ", event.amount, " of Rp ", available));
  event.slot = entitlement->slot;
  event.decree_position = entitlement->decree_position;
  event.payee_position = recipient.payee_position;
  event.movement = {event.batch, recipient.area, event.amount, Bucket::kAvailable,
                    Bucket::kObligated};
  return std::nullopt;
}

Check Decide(const DecideContext& context, PaymentWithdrawn& event) {
  const PaymentState& payment = context.state.at(*context.state.FindPayment(event.payment));
  REFUSE_IF(context.state.at(payment.batch).phase != BatchPhase::kDraft,
            RefusalCode::kBatchNotDraft, Describe(event.payment));
  if (payment.phase != PaymentPhase::kInstructed) return WrongState(event.payment, payment);
  event.movement = MoveTo(context.state, payment, event.kTraits.moves_to);
  return std::nullopt;
}

Check Decide(const DecideContext& context, TransferSent& event) {
  const State& state = context.state;
  const PaymentState& payment = state.at(*state.FindPayment(event.payment));
  const ProgramState& program = state.at(payment.program);
  REFUSE_IF(!state.at(payment.batch).released_or_closed(), RefusalCode::kBatchNotReleased,
            Describe(event.payment));
  if (!IsUnsent(payment.phase)) return WrongState(event.payment, payment);
  REFUSE_IF(event.attempt != payment.attempt, RefusalCode::kAttemptOutOfOrder,
            absl::StrCat(Describe(event.payment), ", attempt ", event.attempt, ", now ",
                         payment.attempt));
  REFUSE_IF(state.FindRecipient(payment.recipient)->died_on != 0, RefusalCode::kRecipientDead,
            Describe(event.payment));
  const Entitlement* entitlement = Pinned(program, payment);
  REFUSE_IF(entitlement == nullptr || !entitlement->Owes(payment.tranche),
            RefusalCode::kTrancheNotOwed, Describe(event.payment));
  REFUSE_IF(event.payee_position != payment.payee_position, RefusalCode::kPayeeNotPinned,
            Describe(event.payment));
  RETURN_IF_REFUSED(CheckNoOpenReport(program, payment.tranche, payment.recipient, payment.slot));
  event.reference = FormatReference(event.payment, event.attempt);
  event.movement = MoveTo(state, payment, event.kTraits.moves_to);
  return std::nullopt;
}

Check Decide(const DecideContext& context, PaymentReissued& event) {
  const State& state = context.state;
  const PaymentState& payment = state.at(*state.FindPayment(event.payment));
  const RecipientState& recipient = *state.FindRecipient(payment.recipient);
  if (payment.phase != PaymentPhase::kReturned) return WrongState(event.payment, payment);
  REFUSE_IF(event.attempt != payment.attempt + 1 || event.attempt > kMaxAttempts,
            RefusalCode::kAttemptOutOfOrder,
            absl::StrCat(Describe(event.payment), ", attempt ", event.attempt, ", next is ",
                         payment.attempt + 1));
  REFUSE_IF(
      recipient.payee_position == payment.payee_position && !AllowsSamePayee(payment.return_reason),
      RefusalCode::kPayeeUnchanged, Describe(event.payment));
  REFUSE_IF(
      context.IsActor(recipient.payee_recorder), RefusalCode::kPayeeRecorder,
      absl::StrCat(Describe(event.payment), ": ", context.envelope.actor, " recorded the payee"));
  REFUSE_IF(recipient.died_on != 0, RefusalCode::kRecipientDead, Describe(event.payment));
  RETURN_IF_REFUSED(CheckNoOpenReport(state.at(payment.program), payment.tranche, payment.recipient,
                                      payment.slot));
  event.payee_position = recipient.payee_position;
  event.movement = MoveTo(state, payment, event.kTraits.moves_to);
  return std::nullopt;
}

Check Decide(const DecideContext& context, PaymentRemitted& event) {
  const State& state = context.state;
  const PaymentState& payment = state.at(*state.FindPayment(event.payment));
  const bool unsent = IsUnsent(payment.phase) && state.at(payment.batch).released_or_closed();
  if (payment.phase != PaymentPhase::kReturned && !unsent)
    return WrongState(event.payment, payment);
  RETURN_IF_REFUSED(CheckNoOpenReport(state.at(payment.program), payment.tranche, payment.recipient,
                                      payment.slot));
  event.movement = MoveTo(state, payment, event.kTraits.moves_to);
  return std::nullopt;
}

}  // namespace bansos
