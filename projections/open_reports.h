// OpenReports: held reports that nothing has resolved yet, by position. Not thread-safe.
#ifndef PROJECTIONS_OPEN_REPORTS_H_
#define PROJECTIONS_OPEN_REPORTS_H_

#include <cstdint>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

struct OpenReport {
  PaymentKey payment = {};  // of an empty programme when the report names none of ours
  uint32_t attempt = 0;
  uint32_t batch = 0;
  Rupiah amount = 0;
  Date value_date = 0;
  HoldRule rule = HoldRule::kUnspecified;
};

class OpenReports {
 public:
  using Rows = absl::btree_map<uint64_t, OpenReport>;  // by position

  // Nothing is kept of a report that was resolved at birth. `batch` is the payment's, if known.
  void Hold(Position position, const ReportHeld& report, uint32_t batch);
  bool IsOpen(Position held) const { return rows_.contains(held.value()); }
  // DATA_LOSS when no report of that position is open.
  absl::Status Resolve(Position held);

  const Rows& rows() const { return rows_; }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  Rows rows_;
};

}  // namespace bansos

#endif  // PROJECTIONS_OPEN_REPORTS_H_
