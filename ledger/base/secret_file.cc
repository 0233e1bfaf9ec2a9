#include "ledger/base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/rocksdb_status.h"
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

// Where a crash or an error of the disk left one, it may be open to others.
absl::Status RemoveFile(rocksdb::FileSystem& files, const std::string& path) {
  ASSIGN_OR_RETURN(const bool exists, FileExists(files, path));
  if (!exists) return absl::OkStatus();
  return FromRocksDb(files.DeleteFile(path, {}, nullptr), "removing " + path);
}

// An empty file that only its owner can read, which RocksDB's files cannot make.
absl::Status MakePrivateFile(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return Failed("cannot create", path);
  close(fd);
  return absl::OkStatus();
}

absl::Status AppendAndSync(rocksdb::FileSystem& files, const std::string& path,
                           std::string_view content) {
  const std::string what = "writing the key file " + path;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  RETURN_IF_ERROR(FromRocksDb(files.ReopenWritableFile(path, {}, &file, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(file->Append({content.data(), content.size()}, {}, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(file->Fsync({}, nullptr), what));
  return FromRocksDb(file->Close({}, nullptr), what);
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

std::string UnfinishedSecretFile(const std::string& path) { return path + ".unfinished"; }

absl::Status CreateSecretFile(rocksdb::FileSystem& files, const std::string& path,
                              std::string_view content) {
  ASSIGN_OR_RETURN(const bool exists, FileExists(files, path));
  if (exists) return absl::AlreadyExistsError(absl::StrCat("there is a key file ", path));
  const std::string unfinished = UnfinishedSecretFile(path);
  RETURN_IF_ERROR(RemoveFile(files, unfinished));
  const absl::Cleanup remove = [&] { RemoveFile(files, unfinished).IgnoreError(); };
  RETURN_IF_ERROR(MakePrivateFile(unfinished));
  RETURN_IF_ERROR(AppendAndSync(files, unfinished, content));
  // A link gives the finished file its name and never replaces one that is there.
  RETURN_IF_ERROR(FromRocksDb(files.LinkFile(unfinished, path, {}, nullptr), "creating " + path));
  return SyncParentDirectory(files, path);
}

absl::Status MakeFileDurable(rocksdb::FileSystem& files, const std::string& path) {
  // Not through `files`, which opens no file that may only be read.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed("cannot open", path);
  const absl::Cleanup close_file = [fd] { close(fd); };
  if (fsync(fd) != 0) return Failed("cannot sync", path);
  return SyncParentDirectory(files, path);
}

absl::Status RemoveFile(const std::string& path) {
  if (unlink(path.c_str()) != 0) return Failed("cannot remove", path);
  return SyncParentDirectory(*rocksdb::FileSystem::Default(), path);
}

}  // namespace bansos
