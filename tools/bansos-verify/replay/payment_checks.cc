#include "tools/bansos-verify/replay/payment_checks.h"

namespace bansos::replay {
namespace {

// A position of the set, if it is there and holds one.
std::optional<uint64_t> FirstOf(const std::set<uint64_t>* positions) {
  if (positions == nullptr || positions->empty()) return std::nullopt;
  return *positions->begin();
}

}  // namespace

const char* StateName(PaymentState state) {
  switch (state) {
    case PaymentState::kInstructed:
      return "instructed";
    case PaymentState::kWithdrawn:
      return "withdrawn";
    case PaymentState::kSent:
      return "sent";
    case PaymentState::kSettled:
      return "settled";
    case PaymentState::kReturned:
      return "returned";
    case PaymentState::kReissued:
      return "reissued";
    case PaymentState::kRemitted:
      return "remitted";
  }
  return "?";
}

Verdict CheckPaymentState(const PaymentId& id, const PaymentRecord& payment, bool allowed) {
  FAULT_UNLESS(allowed, "kWrongState", "payment ", Text(id), " is ", StateName(payment.state),
               " in batch ", Text(payment.batch));
  return kAllowed;
}

Verdict CheckAttempt(const PaymentId& id, uint32_t stated, uint32_t wanted) {
  FAULT_UNLESS(stated == wanted, "kAttemptOutOfOrder", "payment ", Text(id), ": attempt ", stated,
               " is not ", wanted);
  return kAllowed;
}

Verdict CheckPaymentNumber(const State& state, const PaymentId& id) {
  const uint32_t* last_number =
      Find(state.last_payment, TrancheRecipientId{id.program, id.tranche, id.recipient});
  const uint32_t last = last_number == nullptr ? 0 : *last_number;
  FAULT_UNLESS(id.number == last + 1, "kNumberOutOfOrder", "payment ", Text(id), " after number ",
               last);
  if (last == 0) return kAllowed;
  const PaymentId before{id.program, id.tranche, id.recipient, last};
  FAULT_UNLESS(state.payments.at(before).ended(), "kPaymentExists", "payment ", Text(before),
               " is neither withdrawn nor remitted");
  return kAllowed;
}

Verdict CheckNoReportOpen(const State& state, const TrancheRecipientId& place, uint32_t slot) {
  const std::optional<uint64_t> of_recipient = FirstOf(Find(state.open_by_recipient, place));
  FAULT_UNLESS(!of_recipient.has_value(), "kReportOpen", "the report held at position ",
               of_recipient.value_or(0), " about recipient ", place.recipient, " is open");
  const std::optional<uint64_t> of_slot =
      FirstOf(Find(state.open_by_slot, TrancheSlotId{place.program, place.tranche, slot}));
  FAULT_UNLESS(!of_slot.has_value(), "kReportOpen", "the report held at position ",
               of_slot.value_or(0), " about slot ", slot, " is open");
  return kAllowed;
}

}  // namespace bansos::replay
