#include "tests/tools/verify/small_data_directory.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tests/tools/verify/small_export.h"

namespace bansos::testing {

namespace fs = std::filesystem;

FileImage ImageOf(const fs::path& directory) {
  FileImage image;
  for (const auto& file : fs::recursive_directory_iterator(directory)) {
    if (file.is_regular_file()) image[file.path()] = ReadWhole(file.path());
  }
  return image;
}

SmallDataDirectory::SmallDataDirectory() {
  fs::create_directory(path());
  options_.directory = log().string();
  options_.anchor_path = anchor().string();
  options_.create_if_missing = true;
}

std::vector<fs::path> SmallDataDirectory::Files(const std::string& extension_or_prefix) const {
  std::vector<fs::path> found;
  for (const auto& file : fs::directory_iterator(log())) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() == extension_or_prefix || name.starts_with(extension_or_prefix)) {
      found.push_back(file.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

void SmallDataDirectory::WithLog(const std::function<void(RocksDbLog&)>& change) {
  auto log = RocksDbLog::Open(options_);
  CHECK_OK(log.status());
  change(**log);
}

void SmallDataDirectory::Commit(const std::vector<std::string>& entries) {
  WithLog([&entries](RocksDbLog& log) {
    const uint64_t size = log.Head().size;
    CHECK_OK(log.Append(size, static_cast<int64_t>(size + entries.size()), entries).status());
  });
}

void SmallDataDirectory::StoreCheckpoint(const SigningKey& key) {
  uint64_t size = 0;
  std::string root;
  WithLog([&](RocksDbLog& log) {
    size = log.Head().size;
    const auto head_root = log.Head().root;
    root.assign(head_root.begin(), head_root.end());
  });
  PutRow("default", "checkpoint" + U64(size), key.Sign(CheckpointText(key.name(), size, root)));
}

void SmallDataDirectory::WithDatabase(
    const std::string& family,
    const std::function<rocksdb::Status(rocksdb::DB&, rocksdb::ColumnFamilyHandle*)>& change) {
  const std::vector<std::string> names = {"default", "entries", "tree", "times"};
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  }
  rocksdb::DBOptions options;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::Status status = rocksdb::DB::Open(options, options_.directory, families, &handles, &db);
  CHECK(status.ok()) << status.ToString();
  const auto at = std::ranges::find(names, family) - names.begin();
  status = change(*db, handles[at]);
  CHECK(status.ok()) << status.ToString();
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  delete db;
}

void SmallDataDirectory::PutRow(const std::string& family, const std::string& key,
                                const std::string& value) {
  WithDatabase(family, [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
    return db.Put({}, handle, key, value);
  });
}

void SmallDataDirectory::DeleteRow(const std::string& family, const std::string& key) {
  WithDatabase(family, [&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* handle) {
    return db.Delete({}, handle, key);
  });
}

void SmallDataDirectory::Restore(const FileImage& image) {
  fs::remove_all(path());
  for (const auto& [file, bytes] : image) WriteFileWhole(file, bytes);
}

std::string U64(uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

}  // namespace bansos::testing
