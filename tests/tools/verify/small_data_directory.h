// SmallDataDirectory: the data directory of a stopped server with a small log in it, written by the
// server's own log, which a test then attacks file by file or row by row.
#ifndef TESTS_TOOLS_VERIFY_SMALL_DATA_DIRECTORY_H_
#define TESTS_TOOLS_VERIFY_SMALL_DATA_DIRECTORY_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/log/log_database.h"
#include "ledger/log/rocksdb_log.h"
#include "rocksdb/file_checksum.h"
#include "tests/log/scratch_directory.h"
#include "tests/tools/verify/signing_key.h"

namespace bansos::testing {

// The files of a directory, by path.
using FileImage = std::map<std::filesystem::path, std::string>;
FileImage ImageOf(const std::filesystem::path& directory);

class SmallDataDirectory {
 public:
  SmallDataDirectory();

  std::filesystem::path path() const { return std::filesystem::path(scratch_.path()) / "data"; }
  std::filesystem::path anchor() const { return path() / "anchor"; }
  std::filesystem::path log() const { return path() / "log"; }
  // Files of the database with this extension, or whose name begins so.
  std::vector<std::filesystem::path> Files(const std::string& extension_or_prefix) const;

  // Opens the log, runs, closes it.
  void WithLog(const std::function<void(RocksDbLog&)>& change);
  // One commit of these entries, recorded at the size after it, in microseconds.
  void Commit(const std::vector<std::string>& entries);
  // Opening a log writes what was only in its write-ahead log to tables.
  void WriteTables() {
    WithLog([](RocksDbLog&) {});
  }
  // Stores a checkpoint of the head, as the server does.
  void StoreCheckpoint(const SigningKey& key);
  void PutRow(const std::string& family, const std::string& key, const std::string& value);
  void DeleteRow(const std::string& family, const std::string& key);

  void Restore(const FileImage& image);

 private:
  void WithDatabase(
      const std::string& family,
      const std::function<rocksdb::Status(rocksdb::DB&, rocksdb::ColumnFamilyHandle*)>& change);

  ScratchDirectory scratch_;
  RocksDbLogOptions options_;
};

// Big-endian, as keys are.
std::string U64(uint64_t value);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_SMALL_DATA_DIRECTORY_H_
