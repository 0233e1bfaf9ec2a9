#include "tools/bansosctl/csv/atomic_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

constexpr size_t kBufferBytes = size_t{256} * 1024;
// A name is taken only where a process of the same number was killed at this very moment.
constexpr int kNameTries = 100;

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Makes the name itself durable.
absl::Status SyncFolderOf(const std::string& path) {
  const std::string folder = FolderOf(path);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open folder ", folder));
  const int result = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  if (result != 0) return absl::ErrnoToStatus(error, absl::StrCat("cannot sync folder ", folder));
  return absl::OkStatus();
}

absl::Status KeptError(const std::string& path) {
  return absl::AlreadyExistsError(
      absl::StrCat(path, " exists and is never overwritten: name another, or remove it"));
}

}  // namespace

AtomicFile::AtomicFile(int fd, std::string path, std::string temporary_path, Existing existing)
    : fd_(fd),
      path_(std::move(path)),
      temporary_path_(std::move(temporary_path)),
      existing_(existing) {}

absl::StatusOr<std::unique_ptr<AtomicFile>> AtomicFile::Create(const std::string& path,
                                                               Existing existing) {
  std::error_code none;
  const auto there = std::filesystem::status(path, none).type();
  if (there != std::filesystem::file_type::not_found &&
      there != std::filesystem::file_type::regular && there != std::filesystem::file_type::none) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is no regular file: name a file"));
  }
  if (existing == Existing::kKept && there == std::filesystem::file_type::regular) {
    return KeptError(path);
  }
  std::string temporary_path;
  int fd = ::open(FolderOf(path).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    temporary_path = absl::StrCat(path, ".tmp.XXXXXX");
    fd = ::mkostemp(temporary_path.data(), O_CLOEXEC);  // mode 0600
  }
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
  return std::unique_ptr<AtomicFile>(new AtomicFile(fd, path, temporary_path, existing));
}

absl::StatusOr<std::unique_ptr<AtomicFile>> AtomicFile::CreateTable(const std::string& path,
                                                                    std::string_view header,
                                                                    std::string_view mark) {
  // First, because it refuses a pipe, which could not be looked into without waiting.
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file, Create(path));
  std::ifstream old(path, std::ios::binary);
  std::string beginning(mark.size(), '\0');
  old.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<size_t>(old.gcount()));
  if (!beginning.empty() && beginning != mark) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " exists and is not an earlier file of this command: name another, or remove it"));
  }
  RETURN_IF_ERROR(file->Append(header));
  return file;
}

AtomicFile::~AtomicFile() {
  ::close(fd_);
  if (!temporary_path_.empty()) ::unlink(temporary_path_.c_str());
}

absl::Status AtomicFile::Append(std::string_view bytes) {
  CHECK(!committed_);
  buffer_.append(bytes);
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status AtomicFile::Flush() {
  size_t written = 0;
  while (written < buffer_.size()) {
    const ssize_t length = ::write(fd_, buffer_.data() + written, buffer_.size() - written);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path_));
    written += static_cast<size_t>(length);
  }
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status AtomicFile::Commit() {
  CHECK(!committed_);
  RETURN_IF_ERROR(Flush());
  if (::fsync(fd_) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot sync ", path_));
  const int error = LinkAs(path_);
  if (error == EEXIST && existing_ == Existing::kReplaced) {
    RETURN_IF_ERROR(Replace());
  } else if (error == EEXIST) {
    return KeptError(path_);
  } else if (error != 0) {
    return absl::ErrnoToStatus(error, absl::StrCat("cannot name ", path_));
  }
  committed_ = true;
  return SyncFolderOf(path_);
}

int AtomicFile::LinkAs(const std::string& name) const {
  const std::string open_file = absl::StrCat("/proc/self/fd/", fd_);
  const int linked = temporary_path_.empty() ? ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD,
                                                        name.c_str(), AT_SYMLINK_FOLLOW)
                                             : ::link(temporary_path_.c_str(), name.c_str());
  return linked == 0 ? 0 : errno;
}

absl::Status AtomicFile::Replace() {
  int error = 0;
  // No call links over a file that is there, so it is renamed over it.
  for (int tries = 0; temporary_path_.empty() && tries < kNameTries; ++tries) {
    const std::string name = absl::StrCat(path_, ".tmp.", ::getpid(), ".", tries);
    error = LinkAs(name);
    if (error == 0) temporary_path_ = name;
    if (error != EEXIST) break;
  }
  if (error != 0) return absl::ErrnoToStatus(error, absl::StrCat("cannot name ", path_));
  if (::rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot rename to ", path_));
  }
  temporary_path_.clear();
  return absl::OkStatus();
}

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes,
                                 Existing existing) {
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file, AtomicFile::Create(path, existing));
  RETURN_IF_ERROR(file->Append(bytes));
  return file->Commit();
}

}  // namespace bansos
