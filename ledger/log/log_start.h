// How RocksDbLog starts (docs/formats/log.md, "Start"): lock, look, check, and only then open for
// writing.
#ifndef LEDGER_LOG_LOG_START_H_
#define LEDGER_LOG_LOG_START_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "ledger/log/anchor.h"
#include "ledger/log/log_database.h"
#include "ledger/log/log_format.h"
#include "ledger/log/rocksdb_log.h"

namespace bansos {

// Keeps other processes, and other logs of this one, from the same log while it lives.
class LogFileLock {
 public:
  // FAILED_PRECONDITION when somebody else holds it. `path` stays behind as an empty file.
  static absl::StatusOr<std::unique_ptr<LogFileLock>> Take(
      std::shared_ptr<rocksdb::FileSystem> files, const std::string& path);
  ~LogFileLock();
  LogFileLock(const LogFileLock&) = delete;
  LogFileLock& operator=(const LogFileLock&) = delete;

 private:
  LogFileLock(std::shared_ptr<rocksdb::FileSystem> files, rocksdb::FileLock* lock)
      : files_(std::move(files)), lock_(lock) {}

  std::shared_ptr<rocksdb::FileSystem> files_;
  rocksdb::FileLock* lock_;
};

struct StartedLog {
  std::unique_ptr<LogFileLock> lock;
  std::unique_ptr<LogDatabase> database;
  std::unique_ptr<AnchorFile> anchor;
  StoredHead end;
};

// Errors as RocksDbLog::Open.
absl::StatusOr<StartedLog> StartLog(const RocksDbLogOptions& options);

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_START_H_
