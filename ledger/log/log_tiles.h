// LogTiles: tiles and entry bundles of the log as C2SP tlog-tiles has them, for a tree of any size
// up to the log's, each checked before it is handed out (invariant 7): a tile or bundle that is
// full in the log has the hash that is stored one level up; one that is not belongs to the edge
// of the head.
//
// Threads: any. Borrows the log, which outlives it.
#ifndef LEDGER_LOG_LOG_TILES_H_
#define LEDGER_LOG_LOG_TILES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/log/stored_tree.h"

namespace bansos {

class LogTiles {
 public:
  explicit LogTiles(const RocksDbLog& log) : log_(&log), tree_(log.database()) {}

  // Tiles `first`, `first` + 1, ... of `level` in the tree of `size` leaves, at most `limit`. The
  // last tile of the level is cut at the size.
  //   OUT_OF_RANGE  size is above the log's, or the tree has no tile `first` at this level
  //   DATA_LOSS     a tile is damaged; the message names the positions
  absl::StatusOr<std::vector<std::string>> Tiles(uint64_t size, uint32_t level, uint64_t first,
                                                 size_t limit) const;

  // Entry bundles `first`, `first` + 1, ... likewise: at most `limit` and `max_bytes` together, but
  // one in any case.
  absl::StatusOr<std::vector<std::string>> Bundles(uint64_t size, uint64_t first, size_t limit,
                                                   size_t max_bytes) const;

 private:
  // Checks `hashes`, all that the log of `head` has of tile `index` of `level`.
  absl::Status CheckTile(const LogHead& head, uint32_t level, uint64_t index,
                         const std::vector<Hash>& hashes) const;

  const RocksDbLog* log_;
  StoredTree tree_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_TILES_H_
