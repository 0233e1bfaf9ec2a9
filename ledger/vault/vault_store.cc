#include "ledger/vault/vault_store.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/vault_database.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"

namespace bansos {
namespace {

// Messages of RocksDB name files and block offsets, never row contents.
constexpr std::string_view kReading = "vault: cannot read";

std::string AnchorPathOf(const std::string& directory) {
  std::filesystem::path place = std::filesystem::path(directory).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();  // a trailing slash
  return place.string() + ".anchor";
}

// Makes the directory for its owner only, durably named in its parent.
absl::Status CreateDirectory(rocksdb::FileSystem& files, const std::string& directory) {
  RETURN_IF_ERROR(CreateDirectoriesDurably(files, directory));
  // Nothing is in it yet that others could have reached.
  if (chmod(directory.c_str(), S_IRWXU) != 0) {
    return absl::ErrnoToStatus(errno,
                               absl::StrCat("vault: cannot close ", directory, " to others"));
  }
  return SyncParentDirectory(files, directory);
}

absl::StatusOr<LastWrite> ReadLastWrite(rocksdb::DB& db) {
  std::string row;
  const rocksdb::Status read =
      db.Get(rocksdb::ReadOptions(), TableRowKey(RowTable::kLastWrite), &row);
  if (!read.IsNotFound()) {
    RETURN_IF_ERROR(FromRocksDb(read, kReading));
    return DecodeLastWrite(row);
  }
  // Every write has the row, so a vault without it has no other.
  const std::unique_ptr<rocksdb::Iterator> rows(db.NewIterator(rocksdb::ReadOptions()));
  rows->SeekToFirst();
  RETURN_IF_ERROR(FromRocksDb(rows->status(), kReading));
  if (rows->Valid()) return absl::DataLossError("vault: the row of the last write is missing");
  return LastWrite{};
}

absl::Status CheckStoredVault(rocksdb::DB& db, const std::optional<AnchorRecord>& anchor) {
  ASSIGN_OR_RETURN(const LastWrite stored, ReadLastWrite(db));
  return CheckAgainstAnchor(stored, anchor);
}

// Which way of opening finds all that was acknowledged. Reads only: opening for writing would
// replace the write-ahead log, and with it the evidence of a damage that must be refused.
absl::StatusOr<TornVault> ChooseRecovery(const std::string& directory, rocksdb::Env* env,
                                         const std::optional<AnchorRecord>& anchor) {
  auto strict = OpenVaultReadOnly(directory, env, TornVault::kTolerateUnfinished);
  if (strict.ok()) {
    RETURN_IF_ERROR(CheckStoredVault(**strict, anchor));
    return TornVault::kTolerateUnfinished;
  }
  if (!absl::IsDataLoss(strict.status())) return strict.status();
  // A power cut can leave a last record of full length with a wrong checksum. Nobody was told of
  // it, so it may go, if what is before it holds everything that the anchor says.
  auto cut = OpenVaultReadOnly(directory, env, TornVault::kCutAtDamage);
  if (!cut.ok()) return strict.status();
  if (absl::Status checked = CheckStoredVault(**cut, anchor); !checked.ok()) {
    return absl::Status(checked.code(),
                        absl::StrCat(checked.message(), "; the write-ahead log is damaged: ",
                                     strict.status().message()));
  }
  return TornVault::kCutAtDamage;
}

// Null when there is no anchor file.
absl::StatusOr<std::unique_ptr<AnchorFile>> OpenAnchorIfAny(
    const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& path) {
  auto anchor = AnchorFile::Open(files, path);
  if (absl::IsNotFound(anchor.status())) return nullptr;
  RETURN_IF_ERROR(anchor.status());
  // Whoever made it may have been stopped before its name was durable.
  RETURN_IF_ERROR(SyncParentDirectory(*files, path));
  return anchor;
}

// REQUIRES: `anchor` is the vault's, or empty where there is none.
absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenDatabase(
    const std::string& directory, rocksdb::Env* env, bool exists,
    const std::optional<AnchorRecord>& anchor) {
  if (!exists && anchor.has_value() && anchor->size > 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the anchor of the vault says that ", anchor->size,
        " writes were acknowledged, but there is no vault in ", directory, ": put the vault back"));
  }
  TornVault torn = TornVault::kTolerateUnfinished;
  if (exists) {
    ASSIGN_OR_RETURN(torn, ChooseRecovery(directory, env, anchor));
  }
  return OpenVaultForWriting(directory, env, torn, /*create=*/!exists);
}

}  // namespace

VaultStore::VaultStore(std::shared_ptr<rocksdb::FileSystem> files) : files_(std::move(files)) {}
VaultStore::~VaultStore() = default;

absl::StatusOr<std::unique_ptr<VaultStore>> VaultStore::Open(const std::string& directory,
                                                             bool create_if_missing,
                                                             rocksdb::Env* env) {
  if (env == nullptr) env = rocksdb::Env::Default();
  std::unique_ptr<VaultStore> store(new VaultStore(env->GetFileSystem()));
  ASSIGN_OR_RETURN(const bool exists, FileExists(store->files(), directory + "/CURRENT"));
  if (create_if_missing) {
    RETURN_IF_ERROR(CreateDirectory(store->files(), directory));
  } else if (!exists) {
    return absl::NotFoundError(absl::StrCat("there is no vault in ", directory,
                                            ": put it back beside its log, from the same copy"));
  }
  RETURN_IF_ERROR(store->Start(directory, exists, env));
  return store;
}

absl::Status VaultStore::Start(const std::string& directory, bool exists, rocksdb::Env* env) {
  CHECK(db_ == nullptr);
  const std::string anchor_path = AnchorPathOf(directory);
  ASSIGN_OR_RETURN(lock_, StoreLock::Take(files_, anchor_path + ".lock"));
  std::lock_guard lock(write_mutex_);
  ASSIGN_OR_RETURN(anchor_, OpenAnchorIfAny(files_, anchor_path));
  std::optional<AnchorRecord> anchored;
  if (anchor_ != nullptr) anchored = anchor_->record();
  ASSIGN_OR_RETURN(db_, OpenDatabase(directory, env, exists, anchored));
  ASSIGN_OR_RETURN(database_name_, HeldName::OfDatabase(directory));
  // Again, on what is now open: opening has written the recovered rows out and synced them, so the
  // anchor may move up to them.
  RETURN_IF_ERROR(CheckStoredVault(*db_, anchored));
  ASSIGN_OR_RETURN(last_, ReadLastWrite(*db_));
  if (anchor_ != nullptr) return anchor_->Write(AnchorOf(last_));  // also mends a torn slot
  ASSIGN_OR_RETURN(anchor_, AnchorFile::Create(files_, anchor_path, AnchorOf(last_)));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> VaultStore::Get(std::string_view row_key) const {
  std::string value;
  const rocksdb::Status read = db_->Get(rocksdb::ReadOptions(), row_key, &value);
  if (read.IsNotFound()) return std::nullopt;
  if (!read.ok()) return FromRocksDb(read, kReading);
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
      return FromRocksDb(statuses[i], kReading);
    }
  }
  return values;
}

absl::StatusOr<std::optional<std::string>> VaultStore::LastRowKey(RowTable table) const {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  const char next_table = static_cast<char>(static_cast<uint8_t>(table) + 1);
  rows->SeekForPrev(rocksdb::Slice(&next_table, 1));
  // A table of one row has its byte alone as row key.
  if (rows->Valid() && rows->key() == rocksdb::Slice(&next_table, 1)) rows->Prev();
  if (!rows->status().ok()) return FromRocksDb(rows->status(), kReading);
  if (!rows->Valid() || !rows->key().starts_with(TableRowKey(table))) return std::nullopt;
  return rows->key().ToString();
}

absl::StatusOr<bool> VaultStore::IsEmpty() const {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  rows->SeekToFirst();
  if (!rows->status().ok()) return FromRocksDb(rows->status(), kReading);
  return !rows->Valid();
}

absl::Status VaultStore::Write(rocksdb::WriteBatch& batch) {
  CHECK(batch.Count() > 0);
  std::lock_guard lock(write_mutex_);
  if (!write_failure_.empty()) {
    return absl::UnavailableError(
        absl::StrCat("vault: an earlier write failed (", write_failure_,
                     "); when that is mended, stop bansosd and start it again to go on"));
  }
  last_ = NextWrite(last_);
  batch.Put(TableRowKey(RowTable::kLastWrite), EncodeLastWrite(last_));
  const absl::Status written = WriteAndAnchor(batch);
  if (written.ok()) return written;
  write_failure_ = absl::StrCat("cannot write: ", written.message());
  return absl::UnavailableError(absl::StrCat("vault: ", write_failure_));
}

absl::Status VaultStore::WriteAndAnchor(rocksdb::WriteBatch& batch) {
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = 8;
  RETURN_IF_ERROR(FromRocksDb(db_->Write(options, &batch), "writing rows"));
  RETURN_IF_ERROR(anchor_->Write(AnchorOf(last_)));
  CHECK(anchor_->record().size == last_.count);
  return database_name_->Check();
}

}  // namespace bansos
