// LogDatabase: the RocksDB that holds the log, open with our options and column families. It knows
// the names and settings, not what the rows mean (log_format.h does).
//
// Threads: as RocksDB, any. Owner: RocksDbLog; the start check opens short-lived read-only ones.
#ifndef LEDGER_LOG_LOG_DATABASE_H_
#define LEDGER_LOG_LOG_DATABASE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"

namespace bansos {

struct LogDatabaseOptions {
  std::string directory;
  rocksdb::Env* env = rocksdb::Env::Default();
  // Memory before a column family is written out; tests make it small to see flushes.
  size_t write_buffer_bytes = size_t{64} * 1024 * 1024;
  size_t block_cache_bytes = size_t{64} * 1024 * 1024;
};

// What to do with a write-ahead log that does not end cleanly.
enum class TornTail {
  kTolerateUnfinished,  // drop an unfinished last record; refuse to open on any other damage
  kCutAtDamage,         // drop everything from the first damage on: only after the start check
};

class LogDatabase {
 public:
  // Replays the write-ahead log in memory and changes nothing on disk.
  static absl::StatusOr<std::unique_ptr<LogDatabase>> OpenReadOnly(
      const LogDatabaseOptions& options, TornTail torn_tail);

  // `create` makes what is missing: the database and its column families.
  static absl::StatusOr<std::unique_ptr<LogDatabase>> OpenForWriting(
      const LogDatabaseOptions& options, TornTail torn_tail, bool create);

  // False for a directory with no database, or one whose creation was cut short.
  static absl::StatusOr<bool> IsComplete(const LogDatabaseOptions& options);

  ~LogDatabase();
  LogDatabase(const LogDatabase&) = delete;
  LogDatabase& operator=(const LogDatabase&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* meta() const { return handles_[0]; }
  rocksdb::ColumnFamilyHandle* entries() const { return handles_[1]; }
  rocksdb::ColumnFamilyHandle* tree() const { return handles_[2]; }
  rocksdb::ColumnFamilyHandle* times() const { return handles_[3]; }

 private:
  explicit LogDatabase(std::unique_ptr<rocksdb::DB> db,
                       std::vector<rocksdb::ColumnFamilyHandle*> handles)
      : db_(std::move(db)), handles_(std::move(handles)) {}

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_LOG_DATABASE_H_
