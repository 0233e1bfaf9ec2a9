// StandingReturns: payments whose money is returned and waits for a decision, oldest value date
// first. Not thread-safe.
#ifndef PROJECTIONS_STANDING_RETURNS_H_
#define PROJECTIONS_STANDING_RETURNS_H_

#include <cstdint>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

struct StandingReturn {
  PaymentKey payment = {};
  uint32_t attempt = 0;
  uint32_t batch = 0;
  Rupiah amount = 0;
  ReturnReason reason = ReturnReason::kNone;
};

class StandingReturns {
 public:
  using Key = std::pair<Date, uint64_t>;  // value date, position of TransferReturned
  using Rows = absl::btree_map<Key, StandingReturn>;

  void Add(Position position, const TransferReturned& returned);
  // DATA_LOSS when the payment's return does not stand.
  absl::Status Remove(const PaymentKey& payment);

  const Rows& rows() const { return rows_; }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  Rows rows_;
  absl::flat_hash_map<PaymentKey, Key> of_payment_;
};

}  // namespace bansos

#endif  // PROJECTIONS_STANDING_RETURNS_H_
