// RocksDB's status as ours: corruption is DATA_LOSS, a failing disk UNAVAILABLE.
#ifndef LEDGER_BASE_ROCKSDB_STATUS_H_
#define LEDGER_BASE_ROCKSDB_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/status.h"

namespace bansos {

// `what` says what was being done, as in "reading the anchor".
absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view what);

}  // namespace bansos

#endif  // LEDGER_BASE_ROCKSDB_STATUS_H_
