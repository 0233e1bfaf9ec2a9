// StoreLock: keeps other processes, and others of this one, from the same store while it lives.
// RocksDB's own lock is taken only on opening for writing, and a start looks before that.
#ifndef LEDGER_BASE_STORE_LOCK_H_
#define LEDGER_BASE_STORE_LOCK_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "rocksdb/file_system.h"

namespace bansos {

class StoreLock {
 public:
  // FAILED_PRECONDITION when somebody else holds it. `path` stays behind as an empty file.
  static absl::StatusOr<std::unique_ptr<StoreLock>> Take(std::shared_ptr<rocksdb::FileSystem> files,
                                                         const std::string& path);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  StoreLock(std::shared_ptr<rocksdb::FileSystem> files, rocksdb::FileLock* lock)
      : files_(std::move(files)), lock_(lock) {}

  std::shared_ptr<rocksdb::FileSystem> files_;
  rocksdb::FileLock* lock_;
};

}  // namespace bansos

#endif  // LEDGER_BASE_STORE_LOCK_H_
