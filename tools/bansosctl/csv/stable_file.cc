#include "tools/bansosctl/csv/stable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

absl::Status TooLarge(const std::string& path) {
  return absl::InvalidArgumentError(absl::StrCat(path, " has more than ", kCsvFileBytesMax,
                                                 " bytes: split it into several files"));
}

// Open, private to its owner and without a name.
absl::StatusOr<int> NamelessFile() {
  const char* folder = std::getenv("TMPDIR");
  std::string path = absl::StrCat(folder == nullptr ? "/tmp" : folder, "/bansosctl-XXXXXX");
  const int fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot make a file like ", path));
  ::unlink(path.c_str());
  return fd;
}

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t length = ::write(fd, bytes.data(), bytes.size());
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return absl::ErrnoToStatus(errno, "cannot keep what the pipe gives");
    bytes.remove_prefix(static_cast<size_t>(length));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> CopyAll(ByteSource& from, const std::string& path, int to) {
  std::string chunk(kCsvChunkBytes, '\0');
  for (uint64_t size = 0;;) {
    ASSIGN_OR_RETURN(const size_t length, from.Read(chunk.data(), chunk.size()));
    if (length == 0) return size;
    size += length;
    if (size > kCsvFileBytesMax) return TooLarge(path);
    RETURN_IF_ERROR(WriteAll(to, std::string_view(chunk).substr(0, length)));
  }
}

}  // namespace

class StableFile::Source final : public ByteSource {
 public:
  explicit Source(std::shared_ptr<StableFile> file) : file_(std::move(file)) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    if (offset_ == chunk_.size() && !ended_) {
      RETURN_IF_ERROR(file_->ReadChunk(next_++, chunk_));
      offset_ = 0;
      ended_ = chunk_.size() < kCsvChunkBytes;
    }
    const size_t length = chunk_.copy(buffer, capacity, offset_);
    offset_ += length;
    return length;
  }
  std::optional<uint64_t> size() const override { return file_->size(); }

 private:
  const std::shared_ptr<StableFile> file_;
  std::string chunk_;
  size_t offset_ = 0;
  size_t next_ = 0;
  bool ended_ = false;
};

absl::StatusOr<std::shared_ptr<StableFile>> StableFile::Open(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, OpenFileSource(path));
  if (!source->size().has_value()) {
    ASSIGN_OR_RETURN(const int fd, NamelessFile());
    std::shared_ptr<StableFile> empty(new StableFile(fd, path, 0));  // closes it whatever happens
    ASSIGN_OR_RETURN(const uint64_t size, CopyAll(*source, path, fd));
    const int kept = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (kept < 0) return absl::ErrnoToStatus(errno, "cannot keep what the pipe gave");
    return std::shared_ptr<StableFile>(new StableFile(kept, path, size));
  }
  if (*source->size() > kCsvFileBytesMax) return TooLarge(path);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  return std::shared_ptr<StableFile>(new StableFile(fd, path, *source->size()));
}

StableFile::~StableFile() { ::close(fd_); }

std::unique_ptr<ByteSource> StableFile::NewSource() {
  return std::make_unique<Source>(shared_from_this());
}

absl::Status StableFile::Changed() const {
  return absl::AbortedError(absl::StrCat(
      path_, " changed while it was read: wait until it is whole and import it again"));
}

absl::Status StableFile::ReadChunk(size_t index, std::string& chunk) {
  chunk.resize(kCsvChunkBytes);
  const uint64_t start = uint64_t{index} * kCsvChunkBytes;
  size_t length = 0;
  while (length < chunk.size()) {
    const ssize_t got = ::pread(fd_, chunk.data() + length, chunk.size() - length,
                                static_cast<off_t>(start + length));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path_));
    if (got == 0) break;
    length += static_cast<size_t>(got);
  }
  chunk.resize(length);
  const Hash digest = Sha256(chunk);
  if (index < digests_.size()) return digests_[index] == digest ? absl::OkStatus() : Changed();
  const bool last = length < kCsvChunkBytes;
  if (start + length > size_ || (last && start + length != size_)) return Changed();
  digests_.push_back(digest);
  return absl::OkStatus();
}

}  // namespace bansos
