// ExportFolder: the directory that an export writes to. Files come to stand in it whole, and none
// is ever replaced by other bytes, the checkpoint apart:
//
// - Put compares a file that is there, and writes one that is not under a temporary name;
// - Publish syncs what was written and only then gives it its names, so that a process or a machine
//   that stops at any moment leaves whole files; Put does it now and then by itself;
// - temporary files of an export that was interrupted are removed by the next one.
//
// Two exports cannot have one directory open at the same time. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_EXPORT_FOLDER_H_
#define TOOLS_BANSOSCTL_EXPORT_EXPORT_FOLDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

class ExportFolder {
 public:
  // Makes the directory when there is none; its parent must be there.
  static absl::StatusOr<std::unique_ptr<ExportFolder>> Open(std::string path);
  ~ExportFolder();
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;

  // The bytes of a file; nullopt when there is none. `path` is relative, with "/".
  absl::StatusOr<std::optional<std::string>> Read(const std::string& path) const;

  // True when the file is new, false when it is there with these bytes. FAILED_PRECONDITION naming
  // the file when it has others.
  absl::StatusOr<bool> Put(const std::string& path, std::string_view bytes);
  absl::Status Publish();

  // Publishes, then writes the file or replaces it, synced with its directory.
  absl::Status Replace(const std::string& path, std::string_view bytes);

  const std::string& path() const { return path_; }

 private:
  ExportFolder(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::string Full(const std::string& path) const { return path_ + "/" + path; }
  absl::Status RemoveUnfinished();
  absl::Status MakeFoldersOf(const std::string& path);
  absl::StatusOr<std::string> WriteUnfinished(std::string_view bytes);

  struct Unpublished {
    std::string from;
    std::string to;
  };

  const std::string path_;
  const int fd_;  // of the directory; holds the lock
  std::vector<Unpublished> unpublished_;
  size_t unpublished_bytes_ = 0;
  absl::flat_hash_set<std::string> folders_made_;
  uint64_t next_unfinished_ = 0;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_EXPORT_FOLDER_H_
