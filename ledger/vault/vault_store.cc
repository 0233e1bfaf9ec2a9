#include "ledger/vault/vault_store.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// A hundred thousand reservations fit one memtable, so that the yearly import rarely flushes.
constexpr size_t kMemtableBytes = 32 << 20;
constexpr uint64_t kMaxWalBytes = 64 << 20;

// Index look-ups are random; half a million index rows fit.
constexpr size_t kBlockCacheBytes = 32 << 20;

// One look-up in a hundred of an unknown value reads a block in vain.
constexpr double kBloomBitsPerKey = 10;

absl::Status FromRocksDb(const rocksdb::Status& status, absl::string_view what) {
  // Messages of RocksDB name files and block offsets, never row contents.
  const std::string message = absl::StrCat("vault: ", what, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

rocksdb::Options DatabaseOptions(bool create_if_missing, rocksdb::Env* env) {
  rocksdb::Options options;
  if (env != nullptr) options.env = env;
  options.create_if_missing = create_if_missing;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_bgerror_resume_count = 0;
  options.max_total_wal_size = kMaxWalBytes;
  options.paranoid_file_checks = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.write_buffer_size = kMemtableBytes;
  options.compression = rocksdb::kNoCompression;  // HMACs and ciphertext do not shrink
  // Rows of one table come in key order (see NumberTable): an insert need not search from the top.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  options.keep_log_file_num = 4;
  options.max_log_file_size = 4 << 20;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

// Makes the directory for its owner only, durably named in its parent.
absl::Status CreateDirectory(const std::string& directory) {
  const std::filesystem::path parent =
      std::filesystem::absolute(std::filesystem::path(directory) / "..").lexically_normal();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("vault: cannot create ", parent.string(), ": ", error.message()));
  }
  if (mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return absl::ErrnoToStatus(errno, absl::StrCat("vault: cannot create ", directory));
  }
  const int fd = open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return absl::ErrnoToStatus(errno, absl::StrCat("vault: cannot open ", parent.string()));
  const absl::Cleanup close_folder = [fd] { close(fd); };
  if (fsync(fd) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("vault: cannot sync ", parent.string()));
  }
  return absl::OkStatus();
}

}  // namespace

VaultStore::VaultStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}
VaultStore::~VaultStore() = default;

absl::StatusOr<std::unique_ptr<VaultStore>> VaultStore::Open(const std::string& directory,
                                                             bool create_if_missing,
                                                             rocksdb::Env* env) {
  if (create_if_missing) {
    RETURN_IF_ERROR(CreateDirectory(directory));
  } else if (!std::filesystem::exists(std::filesystem::path(directory) / "CURRENT")) {
    return absl::NotFoundError(absl::StrCat("there is no vault in ", directory,
                                            ": put it back beside its log, from the same copy"));
  }
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      rocksdb::DB::Open(DatabaseOptions(create_if_missing, env), directory, &db);
  if (!opened.ok()) return FromRocksDb(opened, absl::StrCat("cannot open ", directory));
  return std::unique_ptr<VaultStore>(new VaultStore(std::unique_ptr<rocksdb::DB>(db)));
}

absl::StatusOr<std::optional<std::string>> VaultStore::Get(std::string_view row_key) const {
  std::string value;
  const rocksdb::Status read = db_->Get(rocksdb::ReadOptions(), row_key, &value);
  if (read.IsNotFound()) return std::nullopt;
  if (!read.ok()) return FromRocksDb(read, "cannot read");
  return value;
}

absl::StatusOr<std::vector<std::optional<std::string>>> VaultStore::GetAll(
    absl::Span<const std::string> row_keys) const {
  const size_t count = row_keys.size();
  std::vector<rocksdb::Slice> keys(row_keys.begin(), row_keys.end());
  std::vector<rocksdb::PinnableSlice> found(count);
  std::vector<rocksdb::Status> statuses(count);
  db_->MultiGet(rocksdb::ReadOptions(), db_->DefaultColumnFamily(), count, keys.data(),
                found.data(), statuses.data());
  std::vector<std::optional<std::string>> values(count);
  for (size_t i = 0; i < count; ++i) {
    if (statuses[i].ok()) {
      values[i] = found[i].ToString();
    } else if (!statuses[i].IsNotFound()) {
      return FromRocksDb(statuses[i], "cannot read");
    }
  }
  return values;
}

absl::StatusOr<std::optional<std::string>> VaultStore::LastRowKey(RowTable table) const {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  const char next_table = static_cast<char>(static_cast<uint8_t>(table) + 1);
  rows->SeekForPrev(rocksdb::Slice(&next_table, 1));
  if (!rows->status().ok()) return FromRocksDb(rows->status(), "cannot read");
  if (!rows->Valid() || !rows->key().starts_with(TableRowKey(table))) return std::nullopt;
  return rows->key().ToString();
}

absl::StatusOr<bool> VaultStore::IsEmpty() const {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  rows->SeekToFirst();
  if (!rows->status().ok()) return FromRocksDb(rows->status(), "cannot read");
  return !rows->Valid();
}

absl::Status VaultStore::Write(rocksdb::WriteBatch& batch) {
  if (write_failed_.load()) {
    return absl::UnavailableError("vault: an earlier write failed; reopen the vault to go on");
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = 8;
  if (const rocksdb::Status written = db_->Write(options, &batch); !written.ok()) {
    write_failed_.store(true);
    return absl::UnavailableError(absl::StrCat("vault: cannot write: ", written.ToString()));
  }
  return absl::OkStatus();
}

}  // namespace bansos
