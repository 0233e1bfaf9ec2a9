#include "tools/bansos-verify/source/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tools/bansos-verify/finding/finding.h"

namespace bansos::verify {
namespace {

absl::Status CannotRead(const std::string& path, int error) {
  return absl::UnavailableError(absl::StrCat("cannot read ", path, ": ", strerror(error)));
}

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      // Opening a pipe would otherwise wait for somebody to write to it.
      : descriptor_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadFile(const std::string& path, uint64_t max_bytes) {
  const OpenFile file(path);
  if (file.descriptor() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    return CannotRead(path, errno);
  }
  struct stat status;
  if (fstat(file.descriptor(), &status) != 0) return CannotRead(path, errno);
  if (!S_ISREG(status.st_mode)) {
    return absl::UnavailableError(absl::StrCat("cannot read ", path, ": it is no file"));
  }
  std::string bytes(std::min<uint64_t>(status.st_size, max_bytes + 1), '\0');
  size_t held = 0;
  while (held < bytes.size()) {
    const ssize_t more = read(file.descriptor(), bytes.data() + held, bytes.size() - held);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return CannotRead(path, errno);
    if (more == 0) break;
    held += more;
  }
  bytes.resize(held);
  return bytes;
}

absl::StatusOr<std::string> ReadNamedFile(const std::string& path, uint64_t max_bytes) {
  TRY_ASSIGN(std::optional<std::string> bytes, ReadFile(path, max_bytes));
  if (!bytes) return absl::InvalidArgumentError(absl::StrCat("there is no file ", path));
  if (bytes->size() > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is longer than the ", max_bytes, " bytes that such a file may have"));
  }
  return *std::move(bytes);
}

}  // namespace bansos::verify
