// AtomicFile: a file that appears whole or not at all. Written beside its destination, synced and
// renamed over it by Commit; without Commit nothing is left behind. Readable by its owner only
// (0600), since registry files and rejects speak of people. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_
#define TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

class AtomicFile {
 public:
  // INVALID_ARGUMENT when `path` is a folder, device or pipe.
  static absl::StatusOr<std::unique_ptr<AtomicFile>> Create(const std::string& path);
  // The same for a table, whose header line is written. INVALID_ARGUMENT when `path` holds anything
  // but such a table: it would be lost.
  static absl::StatusOr<std::unique_ptr<AtomicFile>> CreateTable(const std::string& path,
                                                                 std::string_view header);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Buffered: an error of the disk may be told by a later call, at the latest by Commit.
  absl::Status Append(std::string_view bytes);
  absl::Status Commit();

 private:
  AtomicFile(int fd, std::string path, std::string temporary_path);
  absl::Status Flush();
  absl::Status SyncAndRename();

  int fd_;
  const std::string path_;
  const std::string temporary_path_;
  std::string buffer_;
  bool committed_ = false;
};

// Creates `path` with these bytes.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_
