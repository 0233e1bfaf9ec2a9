// OpenFiles: result files of the bank that are not in order: lines are missing, or the lines do not
// add up to the totals that the file states. Not thread-safe.
#ifndef PROJECTIONS_OPEN_FILES_H_
#define PROJECTIONS_OPEN_FILES_H_

#include <cstdint>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

struct OpenFile {
  Date received_on = 0;
  uint32_t lines = 0;    // stated
  uint32_t missing = 0;  // of them
  // Stated less what the lines say that are in; of a file that states no totals, minus the latter.
  Rupiah settled_open = 0;
  Rupiah returned_open = 0;
  bool states_totals = false;

  bool in_order() const {
    return missing == 0 && (!states_totals || (settled_open == 0 && returned_open == 0));
  }
};

class OpenFiles {
 public:
  using Rows = absl::btree_map<uint64_t, OpenFile>;  // by position of ResultFileReceived

  void Receive(Position position, Date received_on, const ResultFileReceived& file);
  // A line of it is in; the ledger takes each line once. DATA_LOSS for a file that is not open.
  absl::Status TakeLine(Position file, ReportKind kind, Rupiah amount);

  // A document says how its totals are to be read. DATA_LOSS for a file that is not whole, or
  // ended.
  absl::Status End(Position file);

  const Rows& rows() const { return rows_; }

  void Save(SnapshotWriter& writer) const;
  void Load(SnapshotReader& reader);

 private:
  Rows rows_;
  absl::btree_set<uint64_t> in_order_;  // Positions of those that no document ended.
};

}  // namespace bansos

#endif  // PROJECTIONS_OPEN_FILES_H_
