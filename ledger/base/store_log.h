// StoreLog: what RocksDB says of its work, line by line in the file LOG of a store, for whoever
// looks into a failure. A line that cannot be written is dropped: RocksDB's own logger ends the
// process at the next line once a disk is full, and this must stop no ledger. Beyond kStoreLogBytes
// the file becomes LOG.old, and the one before that is gone. Thread-safe. Owner: RocksDB.
#ifndef LEDGER_BASE_STORE_LOG_H_
#define LEDGER_BASE_STORE_LOG_H_

#include <cstdarg>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "rocksdb/env.h"

namespace bansos {

// Some months of quiet work; a store full of trouble writes as much in a day.
inline constexpr size_t kStoreLogBytes = size_t{8} << 20;

class StoreLog final : public rocksdb::Logger {
 public:
  // The file is made with the first line for which there is a directory.
  explicit StoreLog(const std::string& directory) : path_(directory + "/LOG") {}
  ~StoreLog() override;

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;

 private:
  void OpenFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CloseFile() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string path_;
  std::mutex mutex_;
  int fd_ ABSL_GUARDED_BY(mutex_) = -1;
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bansos

#endif  // LEDGER_BASE_STORE_LOG_H_
