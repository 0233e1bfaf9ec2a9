// Payments: our own acts, from the instruction to the treasury.
#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/replay/decided.h"
#include "tools/bansos-verify/replay/limits.h"
#include "tools/bansos-verify/replay/payment_checks.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// A returned transfer that failed for a reason that the payee has no part in.
bool MayRepeatPayee(v1::ReturnReason reason) {
  return reason == v1::RETURN_REASON_DS28 || reason == v1::RETURN_REASON_NOAS ||
         reason == v1::RETURN_REASON_CNPC || reason == v1::RETURN_REASON_AM02;
}

Verdict CheckDraft(const State& state, const BatchId& id) {
  FAULT_UNLESS(state.batches.at(id).state == BatchState::kDraft, "kBatchNotDraft", "batch ",
               Text(id), " is not in draft");
  return kAllowed;
}

Verdict CheckAlive(const State& state, uint64_t recipient) {
  FAULT_UNLESS(state.recipients.at(recipient).alive, "kRecipientDead", "recipient ", recipient,
               " is recorded as dead");
  return kAllowed;
}

void EndPayment(State& state, const PaymentId& id, PaymentState end) {
  PaymentRecord& payment = state.payments.at(id);
  payment.state = end;
  state.living_payment.erase({id.program, id.tranche, payment.slot});
}

}  // namespace

Verdict CheckShape(const v1::PaymentInstructed& instructed) {
  RETURN_IF_FAULT(CheckPaymentKey(instructed.payment()));
  RETURN_IF_FAULT(CheckNumber(instructed.batch(), kMaxBatchNumber, "batch"));
  // What could never be sent must not be instructed.
  const std::string last = absl::StrCat(Text(IdOf(instructed.payment())), ".", kMaxAttempts);
  FAULT_UNLESS(last.size() <= kMaxReferenceLength, "kReferenceTooLong", "reference ", last, " has ",
               last.size(), " bytes");
  return CheckAmount(instructed.amount(), "amount of the payment");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::PaymentInstructed& instructed) {
  const PaymentId id = IdOf(instructed.payment());
  const TrancheRecipientId place{id.program, id.tranche, id.recipient};
  const ProgramRecord& program = state.programs.at(id.program);
  FAULT_UNLESS(program.tranches.contains(id.tranche), "kTrancheUnknown", "tranche ",
               Text(TrancheId{id.program, id.tranche}), " does not exist");
  const BatchId batch{id.program, id.tranche, instructed.batch()};
  FAULT_UNLESS(state.batches.contains(batch), "kBatchUnknown", "batch ", Text(batch),
               " is not there");
  RETURN_IF_FAULT(CheckDraft(state, batch));
  FAULT_UNLESS(state.batches.at(batch).instructed < kMaxBatchCount, "kBatchFull", "batch ",
               Text(batch), " has ", kMaxBatchCount, " payments already");
  RETURN_IF_FAULT(CheckAlive(state, id.recipient));
  const std::optional<uint64_t> decree = EntitlementThatOwes(state, place);
  FAULT_UNLESS(decree.has_value(), "kTrancheNotOwed", "no entitlement of recipient ", id.recipient,
               " owes tranche ", Text(TrancheId{id.program, id.tranche}));
  RETURN_IF_FAULT(CheckPaymentNumber(state, id));
  const EntitlementRecord& entitlement = state.entitlements.at(*decree);
  const TrancheSlotId slot{id.program, id.tranche, entitlement.slot};
  const PaymentId* of_slot = Find(state.living_payment, slot);
  FAULT_UNLESS(of_slot == nullptr, "kSlotAlreadyPaid", "slot ", slot.slot, " has payment ",
               Text(*of_slot));
  const int64_t owed =
      program.amount_by_decree ? entitlement.amount : program.tranches.at(id.tranche);
  FAULT_UNLESS(instructed.amount() == owed, "kAmountNotTranche", "payment ", Text(id), " of ",
               instructed.amount(), ", owed is ", owed);
  FAULT_UNLESS(state.recipients.at(id.recipient).latest_payee.has_value(), "kPayeeMissing",
               "recipient ", id.recipient, " has no payee");
  RETURN_IF_FAULT(CheckNoReportOpen(state, place, entitlement.slot));
  const int64_t available = BalanceOf(state, ProgramLine(id.program)).in(v1::BUCKET_AVAILABLE);
  FAULT_UNLESS(instructed.amount() <= available, "kNotEnoughAvailable", "payment ", Text(id),
               " of ", instructed.amount(), ", available is ", available);
  return kAllowed;
}

void Record(State& state, const v1::Event& event, const v1::PaymentInstructed& instructed) {
  const PaymentId id = IdOf(instructed.payment());
  const BatchId batch{id.program, id.tranche, instructed.batch()};
  state.payments[id] = {.batch = batch,
                        .area = instructed.movement().area(),
                        .amount = instructed.amount(),
                        .slot = instructed.slot(),
                        .instructed_position = state.next_position,
                        .decree_position = instructed.decree_position(),
                        .payee_position = instructed.payee_position()};
  state.last_payment[{id.program, id.tranche, id.recipient}] = id.number;
  state.living_payment[{id.program, id.tranche, instructed.slot()}] = id;
  state.batches.at(batch).list[state.next_position] = id;
  ++state.batches.at(batch).instructed;
  state.batches.at(batch).drafters.insert(event.actor());
}

Verdict CheckShape(const v1::PaymentWithdrawn& withdrawn) {
  return CheckPaymentKey(withdrawn.payment());
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::PaymentWithdrawn& withdrawn) {
  const PaymentId id = IdOf(withdrawn.payment());
  const PaymentRecord& payment = state.payments.at(id);
  RETURN_IF_FAULT(CheckDraft(state, payment.batch));
  return CheckPaymentState(id, payment, payment.state == PaymentState::kInstructed);
}

void Record(State& state, const v1::Event& event, const v1::PaymentWithdrawn& withdrawn) {
  const PaymentId id = IdOf(withdrawn.payment());
  EndPayment(state, id, PaymentState::kWithdrawn);
  const PaymentRecord& payment = state.payments.at(id);
  BatchRecord& batch = state.batches.at(payment.batch);
  batch.list.erase(payment.instructed_position);
  batch.drafters.insert(event.actor());
}

Verdict CheckShape(const v1::TransferSent& sent) {
  RETURN_IF_FAULT(CheckPaymentKey(sent.payment()));
  RETURN_IF_FAULT(CheckAtMost(sent.payee_position(), kMaxPosition, "position of the payee"));
  return CheckAttemptShape(sent.attempt());
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::TransferSent& sent) {
  const PaymentId id = IdOf(sent.payment());
  const PaymentRecord& payment = state.payments.at(id);
  FAULT_UNLESS(state.batches.at(payment.batch).released(), "kBatchNotReleased", "batch ",
               Text(payment.batch), " of payment ", Text(id), " is not released");
  RETURN_IF_FAULT(CheckPaymentState(id, payment, payment.unsent()));
  RETURN_IF_FAULT(CheckAttempt(id, sent.attempt(), payment.attempt));
  RETURN_IF_FAULT(CheckAlive(state, id.recipient));
  FAULT_UNLESS(state.entitlements.at(payment.decree_position).Owes(id.tranche), "kTrancheNotOwed",
               "the entitlement of payment ", Text(id), " does not owe its tranche any more");
  FAULT_UNLESS(sent.has_payee_position() && sent.payee_position() == payment.payee_position,
               "kPayeeNotPinned", "payment ", Text(id), " pins the payee at position ",
               payment.payee_position);
  return CheckNoReportOpen(state, {id.program, id.tranche, id.recipient}, payment.slot);
}

void Record(State& state, const v1::Event&, const v1::TransferSent& sent) {
  PaymentRecord& payment = state.payments.at(IdOf(sent.payment()));
  payment.state = PaymentState::kSent;
  payment.sent_position = state.next_position;
}

Verdict CheckShape(const v1::PaymentReissued& reissued) {
  RETURN_IF_FAULT(CheckPaymentKey(reissued.payment()));
  return CheckAttemptShape(reissued.attempt());
}

Verdict CheckRules(const State& state, const v1::Event& event,
                   const v1::PaymentReissued& reissued) {
  const PaymentId id = IdOf(reissued.payment());
  const PaymentRecord& payment = state.payments.at(id);
  RETURN_IF_FAULT(CheckPaymentState(id, payment, payment.state == PaymentState::kReturned));
  RETURN_IF_FAULT(CheckAttempt(id, reissued.attempt(), payment.attempt + 1));
  const uint64_t payee = *state.recipients.at(id.recipient).latest_payee;
  FAULT_UNLESS(payee != payment.payee_position || MayRepeatPayee(payment.return_reason),
               "kPayeeUnchanged", "payment ", Text(id), " came back with ",
               v1::ReturnReason_Name(payment.return_reason), " and the payee is the same");
  FAULT_UNLESS(state.payees.at(payee).recorder != event.actor(), "kPayeeRecorder", "actor ",
               event.actor(), " recorded the payee at position ", payee);
  RETURN_IF_FAULT(CheckAlive(state, id.recipient));
  return CheckNoReportOpen(state, {id.program, id.tranche, id.recipient}, payment.slot);
}

void Record(State& state, const v1::Event&, const v1::PaymentReissued& reissued) {
  PaymentRecord& payment = state.payments.at(IdOf(reissued.payment()));
  payment.state = PaymentState::kReissued;
  payment.attempt = reissued.attempt();
  payment.payee_position = reissued.payee_position();
  payment.value_date = 0;
  payment.return_reason = v1::RETURN_REASON_UNSPECIFIED;
}

Verdict CheckShape(const v1::PaymentRemitted& remitted) {
  return CheckPaymentKey(remitted.payment());
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::PaymentRemitted& remitted) {
  const PaymentId id = IdOf(remitted.payment());
  const PaymentRecord& payment = state.payments.at(id);
  const bool unsent_after_release = payment.unsent() && state.batches.at(payment.batch).released();
  RETURN_IF_FAULT(CheckPaymentState(
      id, payment, payment.state == PaymentState::kReturned || unsent_after_release));
  return CheckNoReportOpen(state, {id.program, id.tranche, id.recipient}, payment.slot);
}

void Record(State& state, const v1::Event&, const v1::PaymentRemitted& remitted) {
  EndPayment(state, IdOf(remitted.payment()), PaymentState::kRemitted);
}

}  // namespace bansos::replay
