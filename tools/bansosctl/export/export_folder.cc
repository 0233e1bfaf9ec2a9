#include "tools/bansosctl/export/export_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Of temporary files; nothing in the layout of tlog-tiles begins like this.
constexpr std::string_view kUnfinishedPrefix = ".unfinished-";
// A sync of the file system costs as much for one file as for many; but what waits for it is lost
// when the export is killed.
constexpr size_t kUnpublishedFilesMax = 1024;
constexpr size_t kUnpublishedBytesMax = size_t{32} << 20;
// A tile has 8 KiB, a bundle at most 256 * (2 + 65,535) bytes; a larger file is not ours.
constexpr off_t kFileBytesMax = off_t{17} << 20;
constexpr size_t kReadBytes = size_t{64} * 1024;

absl::Status Failed(std::string_view what, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", std::string(what), " ", path));
}

// Whether WriteUnfinished gave the file its name.
bool IsUnfinished(std::string_view name) {
  if (!name.starts_with(kUnfinishedPrefix)) return false;
  name.remove_prefix(kUnfinishedPrefix.size());
  return !name.empty() && std::all_of(name.begin(), name.end(), absl::ascii_isdigit);
}

// An open file that closes itself.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }
  // What the disk could not take may be told only here.
  bool Close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("write", path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& path) {
  std::string bytes;
  while (static_cast<off_t>(bytes.size()) <= kFileBytesMax) {
    const size_t before = bytes.size();
    bytes.resize(before + kReadBytes);
    const ssize_t length = ::read(fd, bytes.data() + before, kReadBytes);
    bytes.resize(before + static_cast<size_t>(std::max<ssize_t>(length, 0)));
    if (length < 0 && errno != EINTR) return Failed("read", path);
    if (length == 0) return bytes;
  }
  return absl::FailedPreconditionError(
      absl::StrCat(path, " is larger than any file of an export: name another directory"));
}

// An export in a ledger's data directory, or in a store below it, could be checked neither as the
// one nor as the other.
absl::Status CheckOutsideLedgers(const std::string& path) {
  std::error_code error;
  const auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(path), error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("no such place: ", path));
  for (auto folder = place; folder.has_relative_path(); folder = folder.parent_path()) {
    for (const char* part : {"anchor", "vault.anchor", "CURRENT"}) {
      if (!std::filesystem::exists(folder / part, error)) continue;
      return absl::FailedPreconditionError(
          absl::StrCat(folder.string(), " holds ", part,
                       ", so it belongs to a ledger's data directory: name another folder"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExportFolder>> ExportFolder::Open(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  RETURN_IF_ERROR(CheckOutsideLedgers(path));
  if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) return Failed("make folder", path);
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failed("open folder", path);
  std::unique_ptr<ExportFolder> folder(new ExportFolder(std::move(path), fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Failed("lock folder", folder->path_);
    return absl::FailedPreconditionError(
        absl::StrCat("another export is writing to ", folder->path_, ": wait until it has ended"));
  }
  RETURN_IF_ERROR(folder->RemoveUnfinished());
  return folder;
}

ExportFolder::~ExportFolder() {
  for (const Unpublished& file : unpublished_) ::unlink(file.from.c_str());
  ::close(fd_);
}

absl::Status ExportFolder::RemoveUnfinished() {
  std::error_code error;
  std::filesystem::directory_iterator it(path_, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!IsUnfinished(name)) continue;
    if (::unlink(it->path().c_str()) != 0) return Failed("remove", it->path().string());
  }
  if (!error) return absl::OkStatus();
  return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot list folder ", path_));
}

absl::StatusOr<std::optional<std::string>> ExportFolder::Read(const std::string& path) const {
  const std::string full = Full(path);
  // Opening a pipe would otherwise wait for somebody to write to it.
  File file(::open(full.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.fd() < 0 && errno == ENOENT) return std::nullopt;
  if (file.fd() < 0) return Failed("open", full);
  struct stat status = {};
  if (::fstat(file.fd(), &status) != 0) return Failed("look at", full);
  if (!S_ISREG(status.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(full, " is no regular file: export to another folder"));
  }
  ASSIGN_OR_RETURN(std::string bytes, ReadAll(file.fd(), full));
  return std::optional<std::string>(std::move(bytes));
}

absl::Status ExportFolder::MakeFoldersOf(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/'));
  if (folders_made_.contains(folder)) return absl::OkStatus();
  for (size_t slash = folder.find('/');; slash = folder.find('/', slash + 1)) {
    const std::string part = Full(folder.substr(0, slash));
    if (::mkdir(part.c_str(), 0777) != 0 && errno != EEXIST) return Failed("make folder", part);
    if (slash == std::string::npos) break;
  }
  folders_made_.insert(folder);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ExportFolder::WriteUnfinished(std::string_view bytes) {
  std::string path = Full(absl::StrCat(std::string(kUnfinishedPrefix), next_unfinished_++));
  File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.fd() < 0) return Failed("create", path);
  RETURN_IF_ERROR(WriteAll(file.fd(), bytes, path));
  if (!file.Close()) return Failed("write", path);
  return path;
}

absl::StatusOr<bool> ExportFolder::Put(const std::string& path, std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::optional<std::string> present, Read(path));
  if (present.has_value()) {
    if (*present == bytes) return false;
    return absl::FailedPreconditionError(absl::StrCat(
        Full(path),
        " has other bytes than the ledger, and is left as it is. Either it was damaged "
        "or altered, or it is of another ledger, or the ledger was rewritten: keep it, "
        "check both with bansos-verify, and export into an empty directory."));
  }
  RETURN_IF_ERROR(MakeFoldersOf(path));
  ASSIGN_OR_RETURN(std::string unfinished, WriteUnfinished(bytes));
  unpublished_.push_back({std::move(unfinished), Full(path)});
  unpublished_bytes_ += bytes.size();
  if (unpublished_.size() >= kUnpublishedFilesMax || unpublished_bytes_ >= kUnpublishedBytesMax) {
    RETURN_IF_ERROR(Publish());
  }
  return true;
}

absl::Status ExportFolder::Publish() {
  if (unpublished_.empty()) return absl::OkStatus();
  if (::syncfs(fd_) != 0) return Failed("sync the file system of", path_);
  for (const Unpublished& file : unpublished_) {
    if (::rename(file.from.c_str(), file.to.c_str()) != 0) return Failed("rename to", file.to);
  }
  unpublished_.clear();
  unpublished_bytes_ = 0;
  return absl::OkStatus();
}

absl::Status ExportFolder::Replace(const std::string& path, std::string_view bytes) {
  RETURN_IF_ERROR(Publish());
  ASSIGN_OR_RETURN(std::string unfinished, WriteUnfinished(bytes));
  unpublished_.push_back({std::move(unfinished), Full(path)});
  RETURN_IF_ERROR(Publish());  // its sync covers the names of everything before
  if (::fsync(fd_) != 0) return Failed("sync folder", path_);
  return absl::OkStatus();
}

}  // namespace bansos
