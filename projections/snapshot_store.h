// SnapshotStore: saved states of views in a RocksDB of their own (`views/`), which may be deleted
// at any time: whatever is odd is dropped and the view is built from the log again.
//
//   header  "h" name 00 version(4) size(8)             -> Header with its own SHA-256 at the end
//   chunk   "c" name 00 version(4) size(8) number(4)   -> bytes of Fold::Save, cut
// Integers big-endian; `size` is the number of events applied. A header is written after its
// chunks, so what has a header is whole.
// Besides the newest few, a ladder of older ones is kept, so that an answer at an older position
// has only a short way to fold. Threads: any. A load sees the store as it was when it began. Owner:
// main(); outlives Projector.
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
#include "absl/synchronization/mutex.h"
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

// Rungs of the ladder: positions evenly spaced over the log, at most kMaxRungs of them, so that the
// ladder of a log of any length takes about kMaxRungs / 2 times its newest snapshot.
inline constexpr uint64_t kMaxRungs = 24;
inline constexpr uint64_t kMinRungSpacing = 65'536;

// The rungs of a log of `size` events are the multiples of this. It doubles as the log grows, so
// that old rungs stay rungs, every other one.
uint64_t RungSpacing(uint64_t size);

class SnapshotStore {
 public:
  // Snapshots kept for each view: a damaged newest one still leaves a short rebuild.
  static constexpr size_t kKept = 4;

  // Creates the directory when missing, and anew when it cannot be read. UNAVAILABLE when another
  // process has it open.
  static absl::StatusOr<std::unique_ptr<SnapshotStore>> Open(
      const std::string& directory, rocksdb::Env* env = rocksdb::Env::Default());

  // Saves the fold's state, prunes all but the newest kKept, the ladder (for each rung the first
  // snapshot at or after it) and every other version. Returns the bytes written.
  absl::StatusOr<uint64_t> Save(const Fold& fold, const SnapshotPoint& point);

  // Loads into the empty fold the newest snapshot of its version with at most `max_size` events
  // that `belongs` accepts. One that cannot be read or does not belong is removed. nullopt and an
  // empty fold when there is none.
  std::optional<SnapshotPoint> LoadNewest(Fold& fold, uint64_t max_size,
                                          absl::FunctionRef<bool(const SnapshotPoint&)> belongs);

  // True when there is a snapshot of the fold's version after exactly `size` events.
  bool Has(const Fold& fold, uint64_t size) const;

 private:
  struct Header {
    SnapshotPoint point;
    uint64_t chunks = 0;
    uint64_t bytes = 0;
    Hash digest = {};
  };

  explicit SnapshotStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  absl::StatusOr<Header> ReadHeader(const rocksdb::ReadOptions& read, const Fold& fold,
                                    uint64_t size) const;
  absl::Status LoadAt(const rocksdb::ReadOptions& read, Fold& fold, const Header& header) const;
  // Sizes of the fold's snapshots, rising; those of another version when `this_version` is false.
  std::vector<std::string> Keys(const rocksdb::ReadOptions& read, const Fold& fold,
                                bool this_version) const;
  absl::Status Remove(std::string_view header_key);
  absl::Status Prune(const Fold& fold);

  std::unique_ptr<rocksdb::DB> db_;
  absl::Mutex save_mutex_;  // one save at a time
};

}  // namespace bansos

#endif  // PROJECTIONS_SNAPSHOT_STORE_H_
