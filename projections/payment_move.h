// PaymentMove: what the seven events about one payment have in common, as a fold needs it.
#ifndef PROJECTIONS_PAYMENT_MOVE_H_
#define PROJECTIONS_PAYMENT_MOVE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "ledger/domain/event.h"

namespace bansos {

// Refers to the event that it was made from.
struct PaymentMove {
  const PaymentKey* payment = nullptr;
  const Movement* movement = nullptr;
  bool instructs = false;  // PaymentInstructed: the payment begins
  bool withdraws = false;  // PaymentWithdrawn: it is as if it had never been
};

// nullopt for an event that moves no payment's money.
std::optional<PaymentMove> PaymentMoveOf(const EventBody& body);

// DATA_LOSS unless amount and buckets are such as any payment's can be.
absl::Status CheckMove(const PaymentMove& move);

}  // namespace bansos

#endif  // PROJECTIONS_PAYMENT_MOVE_H_
