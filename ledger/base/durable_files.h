// The few file operations that log and vault need beside RocksDB, over RocksDB's FileSystem: the
// same seam through which tests make disks fail and cut the power. Stateless.
#ifndef LEDGER_BASE_DURABLE_FILES_H_
#define LEDGER_BASE_DURABLE_FILES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/file_system.h"

namespace bansos {

absl::StatusOr<bool> FileExists(rocksdb::FileSystem& files, const std::string& path);

// Writes `path` with `content` through a temporary file beside it: after a crash it is there whole
// or not at all, and when this returns OK it is there.
absl::Status CreateFileDurably(rocksdb::FileSystem& files, const std::string& path,
                               std::string_view content);

// That temporary file.
std::string UnfinishedFile(const std::string& path);

// Creates `path` (its parent must exist) and syncs the parent, so that the name survives; also
// where it is there already, because whoever made it may have been stopped before that.
absl::Status CreateDirectoryDurably(rocksdb::FileSystem& files, const std::string& path);

// The same with every parent that is missing.
absl::Status CreateDirectoriesDurably(rocksdb::FileSystem& files, const std::string& path);

// Syncs the directory that holds `path`.
absl::Status SyncParentDirectory(rocksdb::FileSystem& files, const std::string& path);

}  // namespace bansos

#endif  // LEDGER_BASE_DURABLE_FILES_H_
