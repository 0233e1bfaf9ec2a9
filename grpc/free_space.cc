#include "grpc/free_space.h"

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_limits.h"

namespace bansos {
namespace {

namespace fs = std::filesystem;

// The nearest folder from `path` upwards that is there.
std::string NearestFolder(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error);
  while (!fs::is_directory(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

uint64_t Megabytes(uint64_t bytes) { return bytes >> 20; }

}  // namespace

absl::Status CheckFreeSpace(rocksdb::FileSystem& files, const LedgerFolder& folder) {
  // Each may be a volume of its own.
  for (const std::string& path :
       {folder.data_dir(), folder.log(), folder.vault(), folder.views()}) {
    uint64_t free = 0;
    const rocksdb::IOStatus status = files.GetFreeSpace(NearestFolder(path), {}, &free, nullptr);
    RETURN_IF_ERROR(FromRocksDb(status, "asking for the free space of " + path));
    if (free >= kMinFreeBytes) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("the disk of ", path, " is full: ", Megabytes(free),
                     " MiB are free, and a start needs ", Megabytes(kMinFreeBytes),
                     " MiB, nearly all of them for a short time. Make room or enlarge the volume; "
                     "never remove files of log, anchor or vault. The folder ",
                     folder.views(), " may be removed: it is made anew from the log"));
  }
  return absl::OkStatus();
}

}  // namespace bansos
