// How RocksDbLog starts (docs/formats/log.md, "Start"): lock, look, check, and only then open for
// writing.
#ifndef LEDGER_LOG_LOG_START_H_
#define LEDGER_LOG_LOG_START_H_

#include <memory>

#include "absl/status/statusor.h"
#include "ledger/base/anchor.h"
#include "ledger/base/store_lock.h"
#include "ledger/log/log_database.h"
#include "ledger/log/log_format.h"
#include "ledger/log/rocksdb_log.h"

namespace bansos {

struct StartedLog {
  std::unique_ptr<StoreLock> lock;
  std::unique_ptr<LogDatabase> database;
  std::unique_ptr<AnchorFile> anchor;
  StoredHead end;
};

// Errors as RocksDbLog::Open.
absl::StatusOr<StartedLog> StartLog(const RocksDbLogOptions& options);

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_START_H_
