#include "ledger/base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(what, " key file ", path));
}

absl::Status CheckModes(int fd, const std::string& path) {
  struct stat info {};
  if (fstat(fd, &info) != 0) return Failed("cannot stat", path);
  if (!S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat("key file ", path, " is not a file"));
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "key file ", path, " is open to group or others (mode ", "0", (info.st_mode >> 6) & 7,
        (info.st_mode >> 3) & 7, info.st_mode & 7, "); run: chmod 600 ", path));
  }
  return absl::OkStatus();
}

absl::Status SyncFolderOf(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failed("cannot open the folder of", path);
  const absl::Cleanup close_folder = [fd] { close(fd); };
  if (fsync(fd) != 0) return Failed("cannot sync the folder of", path);
  return absl::OkStatus();
}

// Writes all of `content` to a new file that only its owner can read, and syncs it.
absl::Status WriteNewFile(const std::string& path, std::string_view content) {
  unlink(path.c_str());  // what a crash left here may be open to others
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return Failed("cannot create", path);
  const absl::Cleanup close_file = [fd] { close(fd); };
  // So few bytes are written at once or not at all.
  if (write(fd, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
    return Failed("cannot write", path);
  }
  if (fsync(fd) != 0) return Failed("cannot sync", path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadSecretFile(const std::string& path, size_t max_bytes) {
  // Without waiting: a pipe in its place would hold up the start for ever.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) {
    return absl::NotFoundError(absl::StrCat("there is no key file ", path,
                                            ": name the right one, or put it back from its copy"));
  }
  if (fd < 0) return Failed("cannot open", path);
  const absl::Cleanup close_file = [fd] { close(fd); };
  RETURN_IF_ERROR(CheckModes(fd, path));
  std::string content(max_bytes + 1, '\0');
  const ssize_t size = read(fd, content.data(), content.size());
  if (size < 0) return Failed("cannot read", path);
  content.resize(static_cast<size_t>(size));
  return content;
}

absl::Status CreateSecretFile(const std::string& path, std::string_view content) {
  const std::string unfinished = absl::StrCat(path, ".unfinished");
  const absl::Cleanup remove = [&] { unlink(unfinished.c_str()); };
  RETURN_IF_ERROR(WriteNewFile(unfinished, content));
  // link() gives the finished file its name and never replaces one that is there.
  if (link(unfinished.c_str(), path.c_str()) != 0) return Failed("cannot create", path);
  return SyncFolderOf(path);
}

absl::Status RemoveFile(const std::string& path) {
  if (unlink(path.c_str()) != 0) return Failed("cannot remove", path);
  return SyncFolderOf(path);
}

}  // namespace bansos
