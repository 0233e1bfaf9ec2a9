#include "tools/bansosctl/csv/atomic_file.h"

#include <fcntl.h>
#include <stdlib.h>
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

// Makes the rename itself durable.
absl::Status SyncFolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "."
                             : slash == 0               ? "/"
                                                        : path.substr(0, slash);
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open folder ", folder));
  const int result = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  if (result != 0) return absl::ErrnoToStatus(error, absl::StrCat("cannot sync folder ", folder));
  return absl::OkStatus();
}

}  // namespace

AtomicFile::AtomicFile(int fd, std::string path, std::string temporary_path)
    : fd_(fd), path_(std::move(path)), temporary_path_(std::move(temporary_path)) {}

absl::StatusOr<std::unique_ptr<AtomicFile>> AtomicFile::Create(const std::string& path) {
  std::error_code none;
  const auto there = std::filesystem::status(path, none).type();
  if (there != std::filesystem::file_type::not_found &&
      there != std::filesystem::file_type::regular && there != std::filesystem::file_type::none) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is no regular file: name a file"));
  }
  std::string temporary_path = absl::StrCat(path, ".tmp.XXXXXX");
  const int fd = ::mkostemp(temporary_path.data(), O_CLOEXEC);  // mode 0600
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
  return std::unique_ptr<AtomicFile>(new AtomicFile(fd, path, std::move(temporary_path)));
}

absl::StatusOr<std::unique_ptr<AtomicFile>> AtomicFile::CreateTable(const std::string& path,
                                                                    std::string_view header) {
  // First, because it refuses a pipe, which could not be looked into without waiting.
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file, Create(path));
  std::ifstream old(path, std::ios::binary);
  std::string beginning(header.size(), '\0');
  old.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<size_t>(old.gcount()));
  if (!beginning.empty() && beginning != header) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " exists and is not an earlier file of this command: name another, or remove it"));
  }
  RETURN_IF_ERROR(file->Append(header));
  return file;
}

AtomicFile::~AtomicFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!committed_) ::unlink(temporary_path_.c_str());
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
  return SyncAndRename();
}

absl::Status AtomicFile::SyncAndRename() {
  if (::fsync(fd_) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot sync ", path_));
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot close ", path_));
  if (::rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot rename to ", path_));
  }
  committed_ = true;
  return SyncFolderOf(path_);
}

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  ASSIGN_OR_RETURN(std::unique_ptr<AtomicFile> file, AtomicFile::Create(path));
  RETURN_IF_ERROR(file->Append(bytes));
  return file->Commit();
}

}  // namespace bansos
