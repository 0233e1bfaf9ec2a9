#include "ledger/base/store_lock.h"

#include "absl/strings/str_cat.h"

namespace bansos {

absl::StatusOr<std::unique_ptr<StoreLock>> StoreLock::Take(
    std::shared_ptr<rocksdb::FileSystem> files, const std::string& path) {
  rocksdb::FileLock* lock = nullptr;
  if (const rocksdb::IOStatus status = files->LockFile(path, {}, &lock, nullptr); !status.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot lock ", path, " (is another process using it?): ", status.ToString()));
  }
  return std::unique_ptr<StoreLock>(new StoreLock(std::move(files), lock));
}

StoreLock::~StoreLock() { files_->UnlockFile(lock_, {}, nullptr).PermitUncheckedError(); }

}  // namespace bansos
