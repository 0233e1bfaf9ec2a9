// WaitingPayments: payments whose money waits in one bucket for what comes next, oldest date first:
// returned and waiting for a decision, or sent and waiting for the bank. Not thread-safe.
#ifndef PROJECTIONS_WAITING_PAYMENTS_H_
#define PROJECTIONS_WAITING_PAYMENTS_H_

#include <cstdint>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

struct WaitingPayment {
  PaymentKey payment = {};
  uint32_t attempt = 0;
  uint32_t batch = 0;
  Rupiah amount = 0;
  ReturnReason reason = ReturnReason::kNone;  // of a return
};

class WaitingPayments {
 public:
  // The day from which it waits, and the position of the event that brought the money there.
  using Key = std::pair<Date, uint64_t>;
  using Rows = absl::btree_map<Key, WaitingPayment>;

  // REQUIRES: `since` valid.
  void Add(Date since, Position position, WaitingPayment waiting);
  // DATA_LOSS when the payment does not wait here.
  absl::Status Remove(const PaymentKey& payment);

  const Rows& rows() const { return rows_; }
  // How many of them wait from this day on, for each such day.
  const absl::btree_map<Date, uint64_t>& by_date() const { return by_date_; }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  Rows rows_;
  absl::btree_map<Date, uint64_t> by_date_;
  absl::flat_hash_map<PaymentKey, Key> of_payment_;
};

}  // namespace bansos

#endif  // PROJECTIONS_WAITING_PAYMENTS_H_
