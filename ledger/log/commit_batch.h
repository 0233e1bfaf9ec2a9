// One commit as RocksDB gets it: fragments, tree hashes, time row and head row in one WriteBatch,
// so that the log and its tree can never disagree.
#ifndef LEDGER_LOG_COMMIT_BATCH_H_
#define LEDGER_LOG_COMMIT_BATCH_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "ledger/log/log_database.h"
#include "ledger/log/log_format.h"
#include "rocksdb/write_batch.h"

namespace bansos {

// Appends `entries` to `end` (hashing them) and puts all rows of the commit into `batch`.
// REQUIRES: CheckCommit accepted the commit.
void BuildCommit(const LogDatabase& database, int64_t time_us,
                 absl::Span<const std::string> entries, StoredHead& end,
                 rocksdb::WriteBatch& batch);

}  // namespace bansos

#endif  // LEDGER_LOG_COMMIT_BATCH_H_
