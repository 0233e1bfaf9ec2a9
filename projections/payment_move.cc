#include "projections/payment_move.h"

#include <string>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "ledger/domain/payment.h"

namespace bansos {

std::optional<PaymentMove> PaymentMoveOf(const EventBody& body) {
  return std::visit(
      []<typename Body>(const Body& event) -> std::optional<PaymentMove> {
        if constexpr (Body::kTraits.moves_to != Bucket::kOutside) {
          return PaymentMove{.payment = &event.payment,
                             .movement = &event.movement,
                             .instructs = std::is_same_v<Body, PaymentInstructed>,
                             .withdraws = std::is_same_v<Body, PaymentWithdrawn>};
        }
        return std::nullopt;
      },
      body);
}

absl::Status CheckMove(const PaymentMove& move) {
  const Movement& movement = *move.movement;
  const bool from_available = movement.from == Bucket::kAvailable;
  const bool to_available = movement.to == Bucket::kAvailable;
  if (movement.amount <= 0 || movement.amount > kMaxRupiah || movement.from == movement.to ||
      movement.from == Bucket::kOutside || movement.to == Bucket::kOutside ||
      from_available != move.instructs || to_available != move.withdraws) {
    return absl::DataLossError(absl::StrCat(
        Describe(*move.payment), ": no payment moves ", movement.amount, " rupiah from bucket ",
        static_cast<int>(movement.from), " to bucket ", static_cast<int>(movement.to)));
  }
  return absl::OkStatus();
}

}  // namespace bansos
