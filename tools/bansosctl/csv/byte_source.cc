#include "tools/bansosctl/csv/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, std::string path, std::optional<uint64_t> size)
      : fd_(fd), path_(std::move(path)), size_(size) {}
  ~FileSource() override { ::close(fd_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    ssize_t length;
    do {
      length = ::read(fd_, buffer, capacity);
    } while (length < 0 && errno == EINTR);
    if (length < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path_));
    return static_cast<size_t>(length);
  }
  std::optional<uint64_t> size() const override { return size_; }

 private:
  const int fd_;
  const std::string path_;
  const std::optional<uint64_t> size_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileSource(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  struct stat info = {};
  if (::fstat(fd, &info) != 0) {
    const int error = errno;
    ::close(fd);
    return absl::ErrnoToStatus(error, absl::StrCat("cannot examine ", path));
  }
  if (S_ISDIR(info.st_mode)) {
    ::close(fd);
    return absl::InvalidArgumentError(absl::StrCat(path, " is a folder: name a file"));
  }
  std::optional<uint64_t> size;
  if (S_ISREG(info.st_mode)) size = static_cast<uint64_t>(info.st_size);
  return std::make_unique<FileSource>(fd, path, size);
}

}  // namespace bansos
