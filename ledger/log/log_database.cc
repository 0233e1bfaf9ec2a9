#include "ledger/log/log_database.h"

#include <algorithm>
#include <utility>

#include "ledger/base/durable_files.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_limits.h"
#include "ledger/base/store_log.h"
#include "ledger/log/log_format.h"
#include "rocksdb/cache.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/table.h"

namespace bansos {
namespace {

// Bounds what a start has to replay; without it a quiet column family pins old logs for ever.
constexpr uint64_t kMaxWalBytes = uint64_t{128} * 1024 * 1024;
// A full bundle of small entries takes a block of its own; single-event fragments share one.
constexpr size_t kBlockBytes = size_t{16} * 1024;

rocksdb::DBOptions DatabaseOptions(const LogDatabaseOptions& options, TornTail torn_tail) {
  rocksdb::DBOptions db;
  db.env = options.env;
  db.wal_recovery_mode = torn_tail == TornTail::kTolerateUnfinished
                             ? rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords
                             : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // After a failed write the process stops; RocksDB must not go on by itself.
  db.max_bgerror_resume_count = 0;
  db.max_total_wal_size = kMaxWalBytes;
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  db.max_open_files = kMaxStoreFiles;
  db.paranoid_checks = true;
  db.max_background_jobs = 2;
  db.bytes_per_sync = size_t{1024} * 1024;
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  db.info_log = std::make_shared<StoreLog>(options.directory);
  return db;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const LogDatabaseOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_size = kBlockBytes;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.compression = rocksdb::kZSTD;
  family.write_buffer_size = options.write_buffer_bytes;
  family.paranoid_file_checks = true;
  return family;
}

std::vector<std::string> FamilyNames() {  // in the order of LogDatabase's accessors
  return {rocksdb::kDefaultColumnFamilyName, kEntriesFamily, kTreeFamily, kTimesFamily};
}

std::vector<rocksdb::ColumnFamilyDescriptor> Families(const LogDatabaseOptions& options) {
  const rocksdb::ColumnFamilyOptions family = FamilyOptions(options);  // one cache for all
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : FamilyNames()) families.emplace_back(name, family);
  return families;
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogDatabase>> LogDatabase::OpenReadOnly(
    const LogDatabaseOptions& options, TornTail torn_tail) {
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  RETURN_IF_ERROR(
      FromRocksDb(rocksdb::DB::OpenForReadOnly(DatabaseOptions(options, torn_tail),
                                               options.directory, Families(options), &handles, &db),
                  "reading the log's database in " + options.directory));
  return std::unique_ptr<LogDatabase>(
      new LogDatabase(std::unique_ptr<rocksdb::DB>(db), std::move(handles)));
}

absl::StatusOr<std::unique_ptr<LogDatabase>> LogDatabase::OpenForWriting(
    const LogDatabaseOptions& options, TornTail torn_tail, bool create) {
  rocksdb::DBOptions db_options = DatabaseOptions(options, torn_tail);
  db_options.create_if_missing = create;
  db_options.create_missing_column_families = create;
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  RETURN_IF_ERROR(FromRocksDb(
      rocksdb::DB::Open(db_options, options.directory, Families(options), &handles, &db),
      "opening the log's database in " + options.directory));
  return std::unique_ptr<LogDatabase>(
      new LogDatabase(std::unique_ptr<rocksdb::DB>(db), std::move(handles)));
}

absl::StatusOr<bool> LogDatabase::IsComplete(const LogDatabaseOptions& options) {
  ASSIGN_OR_RETURN(const bool exists,
                   FileExists(*options.env->GetFileSystem(), options.directory + "/CURRENT"));
  if (!exists) return false;
  std::vector<std::string> stored;
  RETURN_IF_ERROR(FromRocksDb(
      rocksdb::DB::ListColumnFamilies(DatabaseOptions(options, TornTail::kTolerateUnfinished),
                                      options.directory, &stored),
      "listing the column families in " + options.directory));
  return std::ranges::all_of(FamilyNames(), [&stored](const std::string& name) {
    return std::ranges::find(stored, name) != stored.end();
  });
}

LogDatabase::~LogDatabase() {
  for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
}

}  // namespace bansos
