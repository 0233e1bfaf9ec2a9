// SnapshotStore: saved states of views in a RocksDB of their own (`views/`), which may be deleted
// at any time: whatever is odd is dropped and the view is built from the log again.
//
//   header  "h" name 00 version(4) size(8)             -> Header with its own SHA-256 at the end
//   chunk   "c" name 00 version(4) size(8) number(4)   -> bytes of Fold::Save, cut
// Integers big-endian; `size` is the number of events applied. A header is written after its
// chunks, so what has a header is whole.
// Threads: any; saves and loads of one view must not overlap. Owner: main(); outlives Projector.
#ifndef PROJECTIONS_SNAPSHOT_STORE_H_
#define PROJECTIONS_SNAPSHOT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "projections/fold.h"
#include "rocksdb/db.h"

namespace bansos {

// Where in the log a snapshot stands.
struct SnapshotPoint {
  uint64_t size = 0;         // events applied
  int64_t last_time_us = 0;  // recorded time of the last of them
  Hash last_entry = {};      // SHA-256 of the last entry: tells another log from this one
};

class SnapshotStore {
 public:
  // Snapshots kept for each view: a damaged newest one still leaves a short rebuild.
  static constexpr size_t kKept = 4;

  // Creates the directory when missing, and anew when it cannot be read. UNAVAILABLE when another
  // process has it open.
  static absl::StatusOr<std::unique_ptr<SnapshotStore>> Open(const std::string& directory);

  // Saves the fold's state, prunes all but the newest kKept and every other version. Returns the
  // bytes written.
  absl::StatusOr<uint64_t> Save(const Fold& fold, const SnapshotPoint& point);

  // Loads into the empty fold the newest snapshot of its version with at most `max_size` events
  // that `belongs` accepts. One that cannot be read or does not belong is removed. nullopt and an
  // empty fold when there is none.
  std::optional<SnapshotPoint> LoadNewest(Fold& fold, uint64_t max_size,
                                          absl::FunctionRef<bool(const SnapshotPoint&)> belongs);

 private:
  struct Header {
    SnapshotPoint point;
    uint64_t chunks = 0;
    uint64_t bytes = 0;
    Hash digest = {};
  };

  explicit SnapshotStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  absl::StatusOr<Header> ReadHeader(const Fold& fold, uint64_t size) const;
  absl::Status LoadAt(Fold& fold, const Header& header) const;
  // Sizes of the fold's snapshots, rising; those of another version when `this_version` is false.
  std::vector<std::string> Keys(const Fold& fold, bool this_version) const;
  absl::Status Remove(std::string_view header_key);
  absl::Status Prune(const Fold& fold);

  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace bansos

#endif  // PROJECTIONS_SNAPSHOT_STORE_H_
