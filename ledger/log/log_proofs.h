// LogProofs: inclusion and consistency proofs over the stored log, for trees of any size up to the
// log's. What a proof leads to is checked against the root of the log's head before it is handed
// out, so that damage is reported and never served (invariants 7 and 10).
//
// Cost: a few tiles of 256 hashes a level, whatever the size of the log.
// Threads: any. Borrows the log, which outlives it.
#ifndef LEDGER_LOG_LOG_PROOFS_H_
#define LEDGER_LOG_LOG_PROOFS_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "ledger/base/ids.h"
#include "ledger/log/merkle.h"
#include "ledger/log/rocksdb_log.h"

namespace bansos {

struct InclusionProof {
  uint64_t size = 0;
  std::string entry;
  Hash leaf_hash = {};
  std::vector<Hash> proof;
  Hash root = {};
};

struct ConsistencyProof {
  std::vector<Hash> proof;
  Hash old_root = {};
  Hash new_root = {};
};

class LogProofs {
 public:
  explicit LogProofs(const RocksDbLog& log) : log_(log) {}

  //   OUT_OF_RANGE  position is not below size, or size is above the log's
  //   DATA_LOSS     the tree does not lead to the log's root; the message names positions
  absl::StatusOr<InclusionProof> Inclusion(Position position, uint64_t size) const;

  //   INVALID_ARGUMENT  old_size is 0 or above new_size
  //   OUT_OF_RANGE      new_size is above the log's
  //   DATA_LOSS         as above
  absl::StatusOr<ConsistencyProof> Consistency(uint64_t old_size, uint64_t new_size) const;

 private:
  // The edge of the tree at `head`, which leads to its root.
  absl::StatusOr<RightEdge> EdgeOf(const LogHead& head) const;

  const RocksDbLog& log_;
  mutable std::mutex mutex_;
  // The last one that was asked for: proofs share a head as long as the log does not grow.
  mutable RightEdge edge_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_PROOFS_H_
