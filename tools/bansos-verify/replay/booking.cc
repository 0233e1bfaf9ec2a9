#include "tools/bansos-verify/replay/booking.h"

#include <map>

#include "tools/bansos-verify/replay/body.h"

namespace bansos::replay {
namespace {

std::vector<std::string> LinesOf(const PaymentId& payment, uint32_t batch, uint32_t area) {
  return {ProgramLine(payment.program),
          TrancheLine({payment.program, payment.tranche}),
          BatchLine({payment.program, payment.tranche, batch}),
          AreaLine(area),
          ProgramAreaLine(payment.program, area),
          RecipientLine(payment.recipient)};
}

void AddPayment(Balance& balance, const PaymentRecord& payment) {
  const v1::Bucket bucket = BucketOf(payment.state);
  balance.instructed += payment.amount;
  if (bucket == v1::BUCKET_AVAILABLE) {
    balance.withdrawn += payment.amount;
  } else {
    balance.buckets[bucket] += payment.amount;
  }
}

}  // namespace

v1::Bucket BucketOf(PaymentState state) {
  switch (state) {
    case PaymentState::kInstructed:
    case PaymentState::kReissued:
      return v1::BUCKET_OBLIGATED;
    case PaymentState::kSent:
      return v1::BUCKET_IN_TRANSIT;
    case PaymentState::kSettled:
      return v1::BUCKET_PAID;
    case PaymentState::kReturned:
      return v1::BUCKET_RETURNED;
    case PaymentState::kRemitted:
      return v1::BUCKET_REMITTED;
    case PaymentState::kWithdrawn:
      return v1::BUCKET_AVAILABLE;
  }
  return v1::BUCKET_UNSPECIFIED;
}

Verdict CheckBooking(const State& state, const v1::Event& event, std::vector<BookedLine>& after) {
  const v1::Movement* movement = MovementOf(event);
  if (movement == nullptr) return kAllowed;
  const PaymentId payment = *NamesIn(event).payment;
  for (std::string& line : LinesOf(payment, movement->batch(), movement->area())) {
    Balance balance = BalanceOf(state, line);
    RETURN_IF_FAULT(Move(line, balance, *movement));
    after.emplace_back(std::move(line), balance);
  }
  return kAllowed;
}

Verdict CheckTotals(const State& state) {
  std::map<std::string, Balance> lines;
  for (const auto& [id, payment] : state.payments) {
    for (const std::string& line : LinesOf(id, payment.batch.number, payment.area)) {
      AddPayment(lines[line], payment);
    }
  }
  for (const auto& [line, balance] : state.balances) {
    Balance& anew = lines[line];
    anew.appropriated = balance.appropriated;
    if (balance.appropriated != 0 || balance.in(v1::BUCKET_AVAILABLE) != 0) {
      anew.buckets[v1::BUCKET_AVAILABLE] = anew.appropriated - anew.instructed + anew.withdrawn;
    }
  }
  for (const auto& [line, anew] : lines) {
    RETURN_IF_FAULT(CheckEquations(line, BalanceOf(state, line)));
    FAULT_UNLESS(BalanceOf(state, line) == anew, "kTotalsDiffer", line,
                 ": the payments add up to another balance than the movements");
  }
  return kAllowed;
}

}  // namespace bansos::replay
