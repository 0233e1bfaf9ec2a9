// Where money stands: of one recipient in one programme (PaymentMoney), or of a programme, tranche,
// batch or area (BalanceRow). Values; whole rupiah.
//
// Both bucket equations of DOMAIN 3 are checked whenever a row changes (invariant 3):
//   appropriated = available + obligated + in_transit + paid + returned + remitted + receivable
//   instructed - withdrawn   = obligated + in_transit + paid + returned + remitted + receivable
#ifndef PROJECTIONS_BALANCE_ROW_H_
#define PROJECTIONS_BALANCE_ROW_H_

#include <array>
#include <cstdint>

#include "absl/status/status.h"
#include "ledger/domain/values.h"
#include "projections/payment_move.h"
#include "projections/snapshot_codec.h"

namespace bansos {

// The buckets that a payment's money can be in: kObligated to kReceivable.
inline constexpr int kPaymentBucketCount = 6;

// REQUIRES: `bucket` is kObligated or beyond.
constexpr int PaymentBucketIndex(Bucket bucket) {
  return static_cast<int>(bucket) - static_cast<int>(Bucket::kObligated);
}

struct PaymentMoney {
  Rupiah instructed = 0;
  Rupiah withdrawn = 0;
  std::array<Rupiah, kPaymentBucketCount> buckets = {};

  Rupiah in(Bucket bucket) const { return buckets[PaymentBucketIndex(bucket)]; }

  // DATA_LOSS when a bucket would fall below zero, a sum overflow, or an equation break.
  absl::Status Book(const PaymentMove& move);
  absl::Status Check() const;

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);
  friend bool operator==(const PaymentMoney&, const PaymentMoney&) = default;
};

struct BalanceRow {
  // Both 0 in rows below a programme: what is not promised belongs to no tranche.
  Rupiah appropriated = 0;
  Rupiah available = 0;
  PaymentMoney money;
  // How many payments have their money in each bucket now.
  std::array<uint64_t, kPaymentBucketCount> payments = {};

  uint64_t payments_in(Bucket bucket) const { return payments[PaymentBucketIndex(bucket)]; }

  // In a row below a programme.
  absl::Status BookPart(const PaymentMove& move);
  // In the row of a programme.
  absl::Status BookProgram(const PaymentMove& move);
  absl::Status Appropriate(Rupiah amount);
  absl::Status CheckProgram() const;

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);
  friend bool operator==(const BalanceRow&, const BalanceRow&) = default;
};

}  // namespace bansos

#endif  // PROJECTIONS_BALANCE_ROW_H_
