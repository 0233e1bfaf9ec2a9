#include "projections/balance_row.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

absl::Status Add(Rupiah& sum, Rupiah amount) {
  if (!__builtin_add_overflow(sum, amount, &sum)) return absl::OkStatus();
  return absl::DataLossError("invariant 3: a sum of rupiah does not fit 64 bits");
}

absl::Status AddToBucket(Rupiah& bucket, Rupiah amount) {
  RETURN_IF_ERROR(Add(bucket, amount));
  if (bucket >= 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("invariant 3: a bucket falls to ", bucket));
}

// Invariant 3, either equation.
absl::Status Equal(Rupiah left, Rupiah right, const char* names) {
  if (left == right) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("invariant 3: ", names, " is ", left, " but the buckets hold ", right));
}

absl::Status Sum(const std::array<Rupiah, kPaymentBucketCount>& buckets, Rupiah& sum) {
  for (const Rupiah bucket : buckets) RETURN_IF_ERROR(Add(sum, bucket));
  return absl::OkStatus();
}

}  // namespace

absl::Status PaymentMoney::Book(const PaymentMove& move) {
  const Movement& movement = *move.movement;
  if (move.instructs) RETURN_IF_ERROR(Add(instructed, movement.amount));
  if (move.withdraws) RETURN_IF_ERROR(Add(withdrawn, movement.amount));
  if (movement.from >= Bucket::kObligated) {
    RETURN_IF_ERROR(AddToBucket(buckets[PaymentBucketIndex(movement.from)], -movement.amount));
  }
  if (movement.to >= Bucket::kObligated) {
    RETURN_IF_ERROR(AddToBucket(buckets[PaymentBucketIndex(movement.to)], movement.amount));
  }
  return Check();
}

absl::Status PaymentMoney::Check() const {
  Rupiah sum = 0;
  RETURN_IF_ERROR(Sum(buckets, sum));
  return Equal(instructed - withdrawn, sum, "instructed less withdrawn");
}

void PaymentMoney::Save(SnapshotWriter& writer) const {
  writer.I64(instructed);
  writer.I64(withdrawn);
  for (const Rupiah bucket : buckets) writer.I64(bucket);
}

void PaymentMoney::Load(SnapshotReader& reader) {
  instructed = reader.I64();
  withdrawn = reader.I64();
  for (Rupiah& bucket : buckets) bucket = reader.I64();
}

absl::Status BalanceRow::BookPart(const PaymentMove& move) {
  RETURN_IF_ERROR(money.Book(move));
  if (move.movement->from >= Bucket::kObligated) {
    uint64_t& count = payments[PaymentBucketIndex(move.movement->from)];
    if (count == 0) return absl::DataLossError("a payment leaves a bucket that holds none");
    --count;
  }
  if (move.movement->to >= Bucket::kObligated) {
    ++payments[PaymentBucketIndex(move.movement->to)];
  }
  return absl::OkStatus();
}

absl::Status BalanceRow::BookProgram(const PaymentMove& move) {
  if (move.instructs) RETURN_IF_ERROR(AddToBucket(available, -move.movement->amount));
  if (move.withdraws) RETURN_IF_ERROR(AddToBucket(available, move.movement->amount));
  RETURN_IF_ERROR(BookPart(move));
  return CheckProgram();
}

absl::Status BalanceRow::Appropriate(Rupiah amount) {
  RETURN_IF_ERROR(Add(appropriated, amount));
  RETURN_IF_ERROR(AddToBucket(available, amount));
  return CheckProgram();
}

absl::Status BalanceRow::CheckProgram() const {
  Rupiah sum = available;
  RETURN_IF_ERROR(Sum(money.buckets, sum));
  return Equal(appropriated, sum, "appropriated");
}

void BalanceRow::Save(SnapshotWriter& writer) const {
  writer.I64(appropriated);
  writer.I64(available);
  money.Save(writer);
  for (const uint64_t count : payments) writer.U64(count);
}

void BalanceRow::Load(SnapshotReader& reader) {
  appropriated = reader.I64();
  available = reader.I64();
  money.Load(reader);
  for (uint64_t& count : payments) count = reader.U64();
}

}  // namespace bansos
