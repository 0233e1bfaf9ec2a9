// Database: the RocksDB database of a log, opened to read only: nothing in its directory changes,
// and every checksum is checked. A damaged end of the write-ahead log is treated as the server's
// start does (docs/formats/log.md, "Start"): an unfinished last record is dropped; if there is
// other damage, everything from there on is dropped, and `cut()` says so. Whether what is left is
// enough, the anchor tells. Threads: any for reading.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_DATABASE_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_DATABASE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rocksdb/db.h"

namespace bansos::verify {

enum class Family { kMeta, kEntries, kTree, kTimes };

class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& directory);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Over all rows of a family, read once.
  std::unique_ptr<rocksdb::Iterator> Rows(Family family) const;

  // What the damage is, when rows were dropped because of it; else empty.
  const std::string& cut() const { return cut_; }
  // Column families that the format does not have.
  const std::vector<std::string>& foreign_families() const { return foreign_families_; }

 private:
  Database() = default;
  rocksdb::Status TryOpen(const std::string& directory, rocksdb::WALRecoveryMode mode);

  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::string cut_;
  std::vector<std::string> foreign_families_;
};

// What RocksDB could not read is a fault of the database, unless the machine says that it could not
// look (permissions, input and output errors).
absl::Status FromRocksDb(const rocksdb::Status& status, const std::string& place);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_DATABASE_H_
