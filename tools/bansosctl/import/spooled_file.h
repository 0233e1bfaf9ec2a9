// SpooledFile: a private copy of a file, without a name, taken while its SHA-256 is made: what was
// hashed is what is read, however often, also when the file itself changes or was a pipe.
//
// The copy is gone when the object or the program ends, however that ends. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_IMPORT_SPOOLED_FILE_H_
#define TOOLS_BANSOSCTL_IMPORT_SPOOLED_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bansos {

// Largest file: ten times a result for each of the province's 38 million people would be another
// kind of file, and the copy must find room on the disk.
inline constexpr uint64_t kSpooledBytesMax = uint64_t{4} << 30;

class SpooledFile {
 public:
  // Errors: those of opening and reading; INVALID_ARGUMENT beyond kSpooledBytesMax; ABORTED when
  // the file changed meanwhile.
  static absl::StatusOr<std::unique_ptr<SpooledFile>> Copy(const std::string& path);
  ~SpooledFile();
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;

  // Opens the copy, as often as wanted, while this object lives.
  const std::string& path() const { return copy_path_; }
  const std::string& sha256() const { return sha256_; }  // 32 bytes

  // ABORTED when the file is no longer the one that was copied: it is still being written.
  absl::Status CheckUnchanged() const;

 private:
  // What tells that a regular file was written to; nothing of a pipe.
  struct Stamp {
    uint64_t inode = 0;
    int64_t bytes = 0;
    int64_t changed_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  SpooledFile(int fd, std::string path);
  static std::optional<Stamp> StampOf(const std::string& path);
  absl::Status Take();

  const int fd_;
  const std::string path_;
  const std::string copy_path_;
  std::optional<Stamp> stamp_;
  std::string sha256_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_SPOOLED_FILE_H_
