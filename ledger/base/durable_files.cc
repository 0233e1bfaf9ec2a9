#include "ledger/base/durable_files.h"

#include <filesystem>
#include <memory>

#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

std::string ParentOf(const std::string& path) {
  std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  if (!normal.has_filename()) normal = normal.parent_path();  // a trailing slash
  const std::string parent = normal.parent_path().string();
  return parent.empty() ? "." : parent;
}

}  // namespace

absl::StatusOr<bool> FileExists(rocksdb::FileSystem& files, const std::string& path) {
  const rocksdb::IOStatus status = files.FileExists(path, {}, nullptr);
  if (status.IsNotFound()) return false;
  RETURN_IF_ERROR(FromRocksDb(status, "looking for " + path));
  return true;
}

std::string UnfinishedFile(const std::string& path) { return path + ".new"; }

absl::Status CreateFileDurably(rocksdb::FileSystem& files, const std::string& path,
                               std::string_view content) {
  const std::string temporary = UnfinishedFile(path);
  const std::string what = "creating " + path;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  RETURN_IF_ERROR(FromRocksDb(files.NewWritableFile(temporary, {}, &file, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(file->Append({content.data(), content.size()}, {}, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(file->Fsync({}, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(file->Close({}, nullptr), what));
  RETURN_IF_ERROR(FromRocksDb(files.RenameFile(temporary, path, {}, nullptr), what));
  return SyncParentDirectory(files, path);
}

absl::Status CreateDirectoryDurably(rocksdb::FileSystem& files, const std::string& path) {
  RETURN_IF_ERROR(
      FromRocksDb(files.CreateDirIfMissing(path, {}, nullptr), "creating the directory " + path));
  return SyncParentDirectory(files, path);
}

absl::Status CreateDirectoriesDurably(rocksdb::FileSystem& files, const std::string& path) {
  const std::string parent = ParentOf(path);
  ASSIGN_OR_RETURN(const bool exists, FileExists(files, parent));
  if (!exists) RETURN_IF_ERROR(CreateDirectoriesDurably(files, parent));
  return CreateDirectoryDurably(files, path);
}

absl::Status SyncParentDirectory(rocksdb::FileSystem& files, const std::string& path) {
  const std::string parent = ParentOf(path);
  const std::string what = "syncing the directory " + parent;
  std::unique_ptr<rocksdb::FSDirectory> directory;
  RETURN_IF_ERROR(FromRocksDb(files.NewDirectory(parent, {}, &directory, nullptr), what));
  return FromRocksDb(directory->Fsync({}, nullptr), what);
}

}  // namespace bansos
