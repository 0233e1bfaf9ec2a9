// Files that hold a secret: readable by nobody but their owner, written whole or not at all.
// Functions without state; the caller wipes what it read.
#ifndef LEDGER_BASE_SECRET_FILE_H_
#define LEDGER_BASE_SECRET_FILE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/file_system.h"

namespace bansos {

// The content, but no more than one byte beyond `max_bytes`: what is longer is another file.
// Errors: NOT_FOUND, FAILED_PRECONDITION (no file, or open to group or others).
absl::StatusOr<std::string> ReadSecretFile(const std::string& path, size_t max_bytes);

// A new file of mode 0600, durable before it returns. Whoever stops it half-way leaves no file at
// `path`. Errors: ALREADY_EXISTS.
absl::Status CreateSecretFile(rocksdb::FileSystem& files, const std::string& path,
                              std::string_view content);

// Where it is written before it has its name.
std::string UnfinishedSecretFile(const std::string& path);

// Makes a file that is there survive a power cut, with its name: whoever made it may have been
// stopped before that.
absl::Status MakeFileDurable(rocksdb::FileSystem& files, const std::string& path);

// Gone, durably, when it returns OK.
absl::Status RemoveFile(const std::string& path);

}  // namespace bansos

#endif  // LEDGER_BASE_SECRET_FILE_H_
