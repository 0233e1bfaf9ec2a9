#include "ledger/vault/vault_database.h"

#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_limits.h"
#include "ledger/base/store_log.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"

namespace bansos {
namespace {

// A hundred thousand reservations fit one memtable, so that the yearly import rarely flushes.
constexpr size_t kMemtableBytes = 32 << 20;
constexpr uint64_t kMaxWalBytes = 64 << 20;

// Index look-ups are random; half a million index rows fit.
constexpr size_t kBlockCacheBytes = 32 << 20;

// One look-up in a hundred of an unknown value reads a block in vain.
constexpr double kBloomBitsPerKey = 10;

rocksdb::Options VaultOptionsFor(const std::string& directory, rocksdb::Env* env, TornVault torn) {
  rocksdb::Options options;
  options.env = env;
  options.wal_recovery_mode = torn == TornVault::kTolerateUnfinished
                                  ? rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords
                                  : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.max_bgerror_resume_count = 0;
  options.max_open_files = kMaxStoreFiles;
  options.max_total_wal_size = kMaxWalBytes;
  options.paranoid_file_checks = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.write_buffer_size = kMemtableBytes;
  options.compression = rocksdb::kNoCompression;  // HMACs and ciphertext do not shrink
  // Rows of one table come in key order (see NumberTable): an insert need not search from the top.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  options.info_log = std::make_shared<StoreLog>(directory);

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenVaultReadOnly(const std::string& directory,
                                                               rocksdb::Env* env, TornVault torn) {
  rocksdb::DB* db = nullptr;
  RETURN_IF_ERROR(FromRocksDb(
      rocksdb::DB::OpenForReadOnly(VaultOptionsFor(directory, env, torn), directory, &db),
      "vault: cannot read " + directory));
  return std::unique_ptr<rocksdb::DB>(db);
}

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenVaultForWriting(const std::string& directory,
                                                                 rocksdb::Env* env, TornVault torn,
                                                                 bool create) {
  rocksdb::Options options = VaultOptionsFor(directory, env, torn);
  options.create_if_missing = create;
  rocksdb::DB* db = nullptr;
  RETURN_IF_ERROR(
      FromRocksDb(rocksdb::DB::Open(options, directory, &db), "vault: cannot open " + directory));
  return std::unique_ptr<rocksdb::DB>(db);
}

}  // namespace bansos
