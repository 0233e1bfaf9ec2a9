// How money moves: the booking of a payment's movements, and both equations after it.
#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/domain/batch.h"
#include "ledger/domain/payment.h"

namespace bansos {

bool Balances(const ProgramState& program) {
  const auto& buckets = program.buckets;
  return std::accumulate(buckets.begin(), buckets.end(), Rupiah{0}) == program.appropriated &&
         std::all_of(buckets.begin(), buckets.end(), [](Rupiah rupiah) { return rupiah >= 0; });
}

// What was instructed and not withdrawn left the available money, and is in the other buckets.
bool Balances(const BatchState& batch) {
  const auto& buckets = batch.buckets;
  constexpr auto kTaken = static_cast<size_t>(Bucket::kAvailable);
  if (buckets[kTaken] != -batch.total) return false;
  for (size_t bucket = 0; bucket < buckets.size(); ++bucket) {
    if (bucket != kTaken && buckets[bucket] < 0) return false;
  }
  return std::accumulate(buckets.begin(), buckets.end(), Rupiah{0}) == 0;
}

absl::Status Move(State& state, PaymentState& payment, PaymentPhase to, const Movement& movement) {
  const Movement own = MoveTo(state, payment, BucketOf(to));
  ProgramState& program = state.at(payment.program);
  BatchState& batch = state.at(payment.batch);
  const auto source = static_cast<size_t>(own.from), target = static_cast<size_t>(own.to);
  if (movement != own || source == target || own.amount <= 0 ||
      program.buckets[source] < own.amount) {
    return absl::DataLossError(
        absl::StrCat("the log moves money that is not there: ", Describe(state.KeyOf(payment))));
  }
  for (auto* buckets : {&program.buckets, &batch.buckets}) {
    (*buckets)[source] -= own.amount;
    (*buckets)[target] += own.amount;
  }
  payment.phase = to;
  CHECK(Balances(program)) << "invariant 3: " << program.terms.program;
  CHECK(Balances(batch)) << "invariant 3: " << Describe(state.KeyOf(batch));
  return absl::OkStatus();
}

}  // namespace bansos
