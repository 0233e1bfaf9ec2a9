// AtomicFile: a file that appears whole or not at all. Written without a name in the folder of its
// destination, synced, and given its name by Commit; without Commit nothing is left behind, however
// the program ends. It has a name of its own only for the moment in which it replaces another; and
// from the beginning where the file system knows no nameless files. Readable by its owner only
// (0600), since registry files and rejects speak of people. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_
#define TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

// What becomes of a file that is there already.
enum class Existing { kReplaced, kKept };

class AtomicFile {
 public:
  // INVALID_ARGUMENT when `path` is a folder, device or pipe; ALREADY_EXISTS, also from Commit, for
  // a file that is to be kept.
  static absl::StatusOr<std::unique_ptr<AtomicFile>> Create(
      const std::string& path, Existing existing = Existing::kReplaced);
  // The same for a table, whose header line is written. INVALID_ARGUMENT when `path` holds anything
  // but such a table, which begins with `mark`: it would be lost.
  static absl::StatusOr<std::unique_ptr<AtomicFile>> CreateTable(const std::string& path,
                                                                 std::string_view header,
                                                                 std::string_view mark);
  static absl::StatusOr<std::unique_ptr<AtomicFile>> CreateTable(const std::string& path,
                                                                 std::string_view header) {
    return CreateTable(path, header, header);
  }
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  // Buffered: an error of the disk may be told by a later call, at the latest by Commit.
  absl::Status Append(std::string_view bytes);
  absl::Status Commit();

 private:
  AtomicFile(int fd, std::string path, std::string temporary_path, Existing existing);
  absl::Status Flush();
  // Gives the file a further name, which no file may have yet; the errno, or 0.
  int LinkAs(const std::string& name) const;
  // Puts it in the place of the file that is there.
  absl::Status Replace();

  const int fd_;
  const std::string path_;
  std::string temporary_path_;  // empty while the file has no name
  const Existing existing_;
  std::string buffer_;
  bool committed_ = false;
};

// Creates `path` with these bytes.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes,
                                 Existing existing = Existing::kReplaced);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_ATOMIC_FILE_H_
