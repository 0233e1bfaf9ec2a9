// StoredTree: the tree as it is stored, read back. Level-0 hashes come from the entries themselves,
// higher ones from the `tree` column family; any edge up to the stored size can be built from them,
// and proofs are to be cut from here.
//
// Threads: any. Borrows the database, which outlives it.
#ifndef LEDGER_LOG_STORED_TREE_H_
#define LEDGER_LOG_STORED_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "ledger/log/log_database.h"
#include "ledger/log/merkle.h"

namespace bansos {

class StoredTree {
 public:
  explicit StoredTree(const LogDatabase& database) : database_(&database) {}

  // The edge that the log had at `size`, from at most 255 hashes a level. REQUIRES: the database
  // holds `size` entries. DATA_LOSS when an entry or a hash is missing or damaged.
  absl::StatusOr<RightEdge> EdgeAt(uint64_t size) const;

  // `count` hashes of `level` from `first` on (C2SP tlog-tiles numbering).
  absl::StatusOr<std::vector<Hash>> HashesAt(int level, uint64_t first, uint64_t count) const;

 private:
  absl::StatusOr<std::vector<Hash>> LeafHashes(uint64_t first, uint64_t count) const;

  const LogDatabase* database_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_STORED_TREE_H_
