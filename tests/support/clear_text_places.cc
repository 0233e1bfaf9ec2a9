#include "tests/support/clear_text_places.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <sstream>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos::testing {
namespace {

void AddLines(const std::string& place, const std::vector<ClearTextSearch::Finding>& findings,
              std::vector<std::string>& lines) {
  for (const ClearTextSearch::Finding& finding : findings) {
    if (lines.size() >= ClearTextSearch::kMaxFindings) return;
    std::ostringstream line;
    line << place << ": " << finding;
    lines.push_back(line.str());
  }
}

absl::Status FromRocksDb(const rocksdb::Status& status) {
  return absl::InternalError(status.ToString());
}

absl::Status SearchRows(const ClearTextSearch& search, const std::string& place, rocksdb::DB& db,
                        rocksdb::ColumnFamilyHandle* family, std::vector<std::string>& lines) {
  const std::unique_ptr<rocksdb::Iterator> rows(db.NewIterator(rocksdb::ReadOptions(), family));
  uint64_t row = 0;
  for (rows->SeekToFirst(); rows->Valid(); rows->Next(), ++row) {
    const auto in_key = search.Search(rows->key().ToStringView());
    const auto in_value = search.Search(rows->value().ToStringView());
    if (in_key.empty() && in_value.empty()) continue;
    const std::string at = absl::StrCat(place, " [", family->GetName(), "] row ", row);
    AddLines(absl::StrCat(at, " key"), in_key, lines);
    AddLines(absl::StrCat(at, " value"), in_value, lines);
  }
  return rows->status().ok() ? absl::OkStatus() : FromRocksDb(rows->status());
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SearchFile(const ClearTextSearch& search,
                                                    const std::filesystem::path& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, file.string());
  const absl::Cleanup close_file = [fd] { close(fd); };
  struct stat info {};
  if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, file.string());
  std::vector<std::string> lines;
  if (info.st_size == 0) return lines;
  const auto size = static_cast<size_t>(info.st_size);
  void* const bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) return absl::ErrnoToStatus(errno, file.string());
  AddLines(file.string(), search.Search({static_cast<const char*>(bytes), size}), lines);
  munmap(bytes, size);
  return lines;
}

absl::StatusOr<std::vector<std::string>> SearchFolder(const ClearTextSearch& search,
                                                      const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator files(folder, error);
  if (error) return absl::NotFoundError(absl::StrCat(folder.string(), ": ", error.message()));
  std::vector<std::string> lines;
  for (const auto& entry : files) {
    if (!entry.is_regular_file()) continue;
    ASSIGN_OR_RETURN(const std::vector<std::string> found, SearchFile(search, entry.path()));
    lines.insert(lines.end(), found.begin(), found.end());
    if (lines.size() >= ClearTextSearch::kMaxFindings) break;
  }
  return lines;
}

absl::StatusOr<std::vector<std::string>> SearchDatabase(const ClearTextSearch& search,
                                                        const std::filesystem::path& directory) {
  const rocksdb::Options options;
  std::vector<std::string> names;
  if (const auto listed = rocksdb::DB::ListColumnFamilies(options, directory, &names);
      !listed.ok()) {
    return FromRocksDb(listed);
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  if (const auto status =
          rocksdb::DB::OpenForReadOnly(options, directory, families, &handles, &opened);
      !status.ok()) {
    return FromRocksDb(status);
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::vector<std::string> lines;
  absl::Status searched;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    searched.Update(SearchRows(search, directory.string(), *db, handle, lines));
    db->DestroyColumnFamilyHandle(handle);
  }
  RETURN_IF_ERROR(searched);
  return lines;
}

}  // namespace bansos::testing
