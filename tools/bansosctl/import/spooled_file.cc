#include "tools/bansosctl/import/spooled_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "openssl/evp.h"
#include "tools/bansosctl/csv/byte_source.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

// Open, for its owner only and without a name.
absl::StatusOr<int> OpenNameless() {
  const char* stated = ::getenv("TMPDIR");
  const std::string folder = stated == nullptr ? "/tmp" : stated;
  int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) return fd;
  std::string path = absl::StrCat(folder, "/bansosctl-XXXXXX");
  fd = ::mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot keep a copy in ", folder));
  ::unlink(path.c_str());
  return fd;
}

absl::Status WriteWhole(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t length = ::write(fd, bytes.data(), bytes.size());
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return absl::ErrnoToStatus(errno, "cannot keep a copy of the file");
    bytes.remove_prefix(static_cast<size_t>(length));
  }
  return absl::OkStatus();
}

}  // namespace

SpooledFile::SpooledFile(int fd, std::string path)
    : fd_(fd),
      path_(std::move(path)),
      copy_path_(absl::StrCat("/proc/self/fd/", fd)),
      stamp_(StampOf(path_)) {}

SpooledFile::~SpooledFile() { ::close(fd_); }

std::optional<SpooledFile::Stamp> SpooledFile::StampOf(const std::string& path) {
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  return Stamp{.inode = static_cast<uint64_t>(info.st_ino),
               .bytes = static_cast<int64_t>(info.st_size),
               .changed_ns = info.st_mtim.tv_sec * kNanosPerSecond + info.st_mtim.tv_nsec};
}

absl::StatusOr<std::unique_ptr<SpooledFile>> SpooledFile::Copy(const std::string& path) {
  ASSIGN_OR_RETURN(const int fd, OpenNameless());
  std::unique_ptr<SpooledFile> file(new SpooledFile(fd, path));
  RETURN_IF_ERROR(file->Take());
  RETURN_IF_ERROR(file->CheckUnchanged());
  return file;
}

absl::Status SpooledFile::Take() {
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, OpenFileSource(path_));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       &EVP_MD_CTX_free);
  CHECK(digest != nullptr && EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) == 1);
  std::string chunk(kCsvChunkBytes, '\0');
  for (uint64_t taken = 0;;) {
    ASSIGN_OR_RETURN(const size_t length, source->Read(chunk.data(), chunk.size()));
    if (length == 0) break;
    taken += length;
    if (taken > kSpooledBytesMax) {
      return absl::InvalidArgumentError(absl::StrCat("the file has more than ", kSpooledBytesMax,
                                                     " bytes: split it into several files"));
    }
    CHECK(EVP_DigestUpdate(digest.get(), chunk.data(), length) == 1);
    RETURN_IF_ERROR(WriteWhole(fd_, std::string_view(chunk).substr(0, length)));
  }
  sha256_.assign(32, '\0');
  unsigned int size = 0;
  CHECK(EVP_DigestFinal_ex(digest.get(), reinterpret_cast<unsigned char*>(sha256_.data()), &size) ==
            1 &&
        size == sha256_.size());
  return absl::OkStatus();
}

absl::Status SpooledFile::CheckUnchanged() const {
  if (StampOf(path_) == stamp_) return absl::OkStatus();
  return absl::AbortedError(
      "the file changed while it was read: it is still being written, so nothing was recorded. "
      "Wait until it is whole and import it again");
}

}  // namespace bansos
