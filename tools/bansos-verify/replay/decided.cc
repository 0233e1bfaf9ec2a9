#include "tools/bansos-verify/replay/decided.h"

#include <google/protobuf/util/message_differencer.h>

#include "tools/bansos-verify/replay/batch_list.h"
#include "tools/bansos-verify/replay/body.h"
#include "tools/bansos-verify/replay/booking.h"
#include "tools/bansos-verify/replay/business_key.h"
#include "tools/bansos-verify/replay/criterion.h"
#include "tools/bansos-verify/replay/report_judgement.h"

namespace bansos::replay {
namespace {

// The money of a known payment on its way to `to`.
template <typename Body>
void FillMovement(const State& state, Body& body, v1::Bucket to) {
  body.clear_movement();
  const PaymentRecord* payment = Find(state.payments, IdOf(body.payment()));
  if (payment == nullptr) return;
  v1::Movement& movement = *body.mutable_movement();
  movement.set_batch(payment->batch.number);
  movement.set_area(payment->area);
  movement.set_amount(payment->amount);
  movement.set_from(BucketOf(payment->state));
  movement.set_to(to);
}

void Fill(const State& state, v1::EligibilityDecided& decided) {
  decided.clear_fact_truths();
  const CandidateId id{decided.program(), decided.recipient()};
  const ProgramRecord* program = Find(state.programs, id.program);
  const auto* rule_set =
      program == nullptr ? nullptr : Find(program->rule_sets, decided.rule_set_version());
  if (rule_set != nullptr && state.candidates.contains(id)) {
    for (const v1::Criterion& criterion : (*rule_set)->criteria()) {
      if (!UsedBy(criterion.expression()).facts) continue;
      decided.add_fact_truths(
          Evaluate(criterion.expression(), [&](const v1::Expression& comparison) {
            return LedgerFactOf(state, id, comparison.fact());
          }));
    }
  }
  decided.set_outcome(OutcomeOf(decided));
}

// Names are compared for an account of the recipient's own; whether they differ, only keys show.
void Fill(const State& state, v1::PayeeAssigned& assigned) {
  const RecipientRecord* recipient = Find(state.recipients, assigned.recipient());
  const bool has_account = assigned.channel() == v1::CHANNEL_BANK_ACCOUNT ||
                           assigned.channel() == v1::CHANNEL_VIRTUAL_ACCOUNT;
  assigned.clear_identity_position();
  if (recipient != nullptr && has_account && assigned.holder() == v1::HOLDER_SELF) {
    assigned.set_identity_position(recipient->latest_identity);
  } else {
    assigned.clear_name_differs();
  }
}

void Fill(const State& state, v1::RecipientDecreed& decreed) {
  decreed.clear_decision_position();
  const CandidateRecord* candidate =
      Find(state.candidates, CandidateId{decreed.program(), decreed.recipient()});
  if (candidate != nullptr && candidate->decision.has_value()) {
    decreed.set_decision_position(candidate->decision->position);
  }
}

void Fill(const State& state, v1::PaymentInstructed& instructed) {
  const PaymentId id = IdOf(instructed.payment());
  instructed.clear_slot();
  instructed.clear_decree_position();
  instructed.clear_payee_position();
  const auto decree = EntitlementThatOwes(state, {id.program, id.tranche, id.recipient});
  if (decree.has_value()) {
    instructed.set_slot(state.entitlements.at(*decree).slot);
    instructed.set_decree_position(*decree);
  }
  const RecipientRecord* recipient = Find(state.recipients, id.recipient);
  if (recipient != nullptr && recipient->latest_payee.has_value()) {
    instructed.set_payee_position(*recipient->latest_payee);
  }
  v1::Movement& movement = *instructed.mutable_movement();
  movement.Clear();
  movement.set_batch(instructed.batch());
  movement.set_area(recipient == nullptr ? 0 : recipient->area);
  movement.set_amount(instructed.amount());
  movement.set_from(v1::BUCKET_AVAILABLE);
  movement.set_to(v1::BUCKET_OBLIGATED);
}

void Fill(const State& state, v1::PaymentWithdrawn& withdrawn) {
  FillMovement(state, withdrawn, v1::BUCKET_AVAILABLE);
}

void Fill(const State& state, v1::TransferSent& sent) {
  sent.set_reference(absl::StrCat(Text(IdOf(sent.payment())), ".", sent.attempt()));
  FillMovement(state, sent, v1::BUCKET_IN_TRANSIT);
}

void Fill(const State& state, v1::TransferSettled& settled) {
  FillMovement(state, settled, v1::BUCKET_PAID);
}

void Fill(const State& state, v1::TransferReturned& returned) {
  FillMovement(state, returned, v1::BUCKET_RETURNED);
}

void Fill(const State& state, v1::PaymentReissued& reissued) {
  reissued.clear_payee_position();
  const RecipientRecord* recipient = Find(state.recipients, reissued.payment().recipient());
  if (recipient != nullptr && recipient->latest_payee.has_value()) {
    reissued.set_payee_position(*recipient->latest_payee);
  }
  FillMovement(state, reissued, v1::BUCKET_OBLIGATED);
}

void Fill(const State& state, v1::PaymentRemitted& remitted) {
  FillMovement(state, remitted, v1::BUCKET_REMITTED);
}

void Fill(const State& state, v1::ReportHeld& held) {
  std::optional<AttemptId> about;
  if (held.has_payment()) about = AttemptId{IdOf(held.payment()), held.attempt()};
  held.set_rule(Judge(state, about, {held.kind(), held.value_date(), held.amount()}).held);
}

void Fill(const State& state, v1::ReportResolved& resolved) {
  resolved.clear_payment();
  const HeldRecord* held = Find(state.held, resolved.held_position());
  if (held == nullptr || !held->payment.has_value()) return;
  resolved.mutable_payment()->set_program(held->payment->program);
  resolved.mutable_payment()->set_tranche(held->payment->tranche);
  resolved.mutable_payment()->set_recipient(held->payment->recipient);
  resolved.mutable_payment()->set_number(held->payment->number);
}

// Batch steps with a list; every other body has nothing decided.
template <typename Body>
void Fill(const State& state, Body& body) {
  if constexpr (requires { body.mutable_list(); }) {
    body.mutable_list()->set_digest(ListOf(state, IdOf(body.batch())).digest());
  }
}

// The body is as it would be filled in. Equal bodies have equal bytes.
template <typename Body>
Verdict CheckFilled(const State& state, const Body& body) {
  Body wanted = body;
  Fill(state, wanted);
  if (wanted.SerializeAsString() == body.SerializeAsString()) return kAllowed;
  google::protobuf::util::MessageDifferencer differencer;
  std::string differences;
  differencer.ReportDifferencesToString(&differences);
  differencer.Compare(body, wanted);
  return Broken("kDecidedDiffers", body.GetDescriptor()->name(), ": ", differences);
}

uint64_t DistanceBack(const State& state, const v1::Event& event) {
  const uint64_t* last = Find(state.last_about, Subject(event));
  return last == nullptr ? 0 : state.next_position - *last;
}

}  // namespace

void FillDecided(const State& state, v1::Event& event) {
  VisitBody(event, [&](const auto& body) {
    using Body = std::remove_cvref_t<decltype(body)>;
    Fill(state, const_cast<Body&>(body));
  });
  event.set_back(DistanceBack(state, event));
}

Verdict CheckDecided(const State& state, const v1::Event& event) {
  RETURN_IF_FAULT(VisitBody(event, [&](const auto& body) { return CheckFilled(state, body); }));
  const uint64_t back = DistanceBack(state, event);
  FAULT_UNLESS(event.back() == back, "kBackDiffers", EventName(event), " about ", Subject(event),
               ": back is ", event.back(), ", but must be ", back);
  return kAllowed;
}

}  // namespace bansos::replay
