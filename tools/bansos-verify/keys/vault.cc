#include "tools/bansos-verify/keys/vault.h"

#include <rocksdb/db.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/anchor.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/source/read_only_files.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

// First byte of the row keys, beside those of the indexes.
constexpr char kVaultRow = 0x01;
constexpr char kNamedKeyRow = 0x02;
constexpr char kNextNumberRow = 0x03;
constexpr char kPersonKeyRow = 0x04;
constexpr char kLastWriteRow = 0x05;

constexpr uint8_t kLedgerKeyId = 0x01;
constexpr char kVaultFormat = 1;
constexpr char kPersonKindKey = 1;
constexpr size_t kNumberRowBytes = 8;
constexpr size_t kLastWriteRowBytes = kNumberRowBytes + 2 * kHashBytes;

constexpr IndexTable kIndexes[] = {IndexTable::kIdentity, IndexTable::kAccount, IndexTable::kKk};

// RocksDB writes its messages nowhere.
class NoLogger : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options ReadOnlyOptions(rocksdb::Env* env) {
  rocksdb::Options options;
  options.env = env;
  options.paranoid_checks = true;
  options.info_log = std::make_shared<NoLogger>();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

std::string PersonRowKey(uint64_t recipient) {
  std::string key(1, kPersonKeyRow);
  AppendU64(key, recipient);
  return key;
}

// A row without its content: the table and, where that is no secret, what it is about.
std::string NameOf(std::string_view row_key) {
  const uint8_t table = row_key.empty() ? 0 : static_cast<uint8_t>(row_key[0]);
  if (row_key.size() == 1 + kNumberRowBytes) {
    return absl::StrCat("row ", absl::Hex(table, absl::kZeroPad2), " of number ",
                        *ParseU64(row_key.substr(1)));
  }
  return absl::StrCat("a row ", absl::Hex(table, absl::kZeroPad2));
}

}  // namespace

Vault::Vault(std::unique_ptr<rocksdb::Env> env, const WrappingKey& wrapping)
    : env_(std::move(env)), wrapping_(wrapping) {}

Vault::~Vault() = default;

absl::StatusOr<std::unique_ptr<Vault>> Vault::Open(const std::string& directory,
                                                   const std::string& key_file) {
  REQUIRE(sodium_init() >= 0);
  TRY_ASSIGN(const WrappingKey wrapping, WrappingKey::Read(key_file));
  std::unique_ptr<rocksdb::Env> env = MakeReadOnlyEnv();
  if (!env->FileExists(directory).ok()) {
    return absl::NotFoundError(absl::StrCat("there is no vault in ", directory,
                                            ": give the folder vault/ of a data directory"));
  }
  std::unique_ptr<Vault> vault(new Vault(std::move(env), wrapping));
  TRY(vault->OpenDatabase(directory));
  TRY(vault->CheckKeyFile(directory, key_file));
  TRY(vault->CheckAnchor(directory));
  TRY(vault->ReadNamedKeys());
  TRY(vault->ReadAllRows());
  return vault;
}

absl::Status Vault::OpenDatabase(const std::string& directory) {
  const auto open = [&](rocksdb::WALRecoveryMode mode) {
    rocksdb::Options options = ReadOnlyOptions(env_.get());
    options.wal_recovery_mode = mode;
    rocksdb::DB* opened = nullptr;
    rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, directory, &opened);
    db_.reset(opened);
    return status;
  };
  const rocksdb::Status strict = open(rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords);
  if (!strict.IsCorruption()) return FromRocksDb(strict, directory);
  // What is left is enough if the anchor says no more.
  if (open(rocksdb::WALRecoveryMode::kPointInTimeRecovery).ok()) return absl::OkStatus();
  return FromRocksDb(strict, directory);
}

absl::Status Vault::CheckAnchor(const std::string& directory) {
  TRY_ASSIGN(const std::string row, RowOfEveryVault(std::string(1, kLastWriteRow)));
  if (row.size() != kLastWriteRowBytes) {
    ReportDamage(NameOf(std::string(1, kLastWriteRow)) + " has a wrong length");
    return absl::OkStatus();
  }
  std::filesystem::path place = std::filesystem::path(directory).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();  // a trailing slash
  const std::string name = place.filename().string() + ".anchor";
  TRY_ASSIGN(const std::optional<Anchor> anchor,
             ReadAnchor((place.parent_path() / ".").string(), name));
  if (!anchor.has_value()) {
    ReportDamage("the file " + name + " is missing, so nothing tells whether the vault is whole");
    return absl::OkStatus();
  }
  const uint64_t writes = *ParseU64(row.substr(0, kNumberRowBytes));
  const Hash mark = HashFrom(row.substr(kNumberRowBytes, kHashBytes));
  const Hash mark_before = HashFrom(row.substr(kNumberRowBytes + kHashBytes));
  const StatedRoot& stated = anchor->stated;
  if (writes < stated.size) {
    ReportDamage(absl::StrCat("the vault holds ", writes, " writes, but its anchor says that ",
                              stated.size, " were acknowledged"));
  } else if ((writes == stated.size && mark != stated.root) ||
             (writes == stated.size + 1 && mark_before != stated.root)) {
    ReportDamage("the vault and its anchor are not of the same copy");
  }
  return absl::OkStatus();
}

absl::Status Vault::CheckKeyFile(const std::string& directory, const std::string& key_file) const {
  TRY_ASSIGN(const std::string row, RowOfEveryVault(std::string(1, kVaultRow)));
  std::string wanted(1, kVaultFormat);
  AppendU32(wanted, wrapping_.epoch());
  if (row == wanted + wrapping_.CheckValue()) return absl::OkStatus();
  if (row.empty() || row[0] != kVaultFormat) {
    return absl::DataLossError(
        absl::StrCat(directory, " has a format that this program does not know"));
  }
  return absl::FailedPreconditionError(
      absl::StrCat(key_file, " is not the key of the vault in ", directory,
                   ": give the key file that the server has used with this vault as --key-file"));
}

absl::Status Vault::ReadNamedKeys() {
  TRY_ASSIGN(ledger_key_, NamedKey(kLedgerKeyId));
  for (size_t i = 0; i < std::size(kIndexes); ++i) {
    TRY_ASSIGN(const Secret key, NamedKey(static_cast<uint8_t>(kIndexes[i])));
    indexes_[i] = std::make_unique<NumberIndex>(kIndexes[i], key);
  }
  return absl::OkStatus();
}

absl::Status Vault::ReadAllRows() {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    ReadRow(rows->key().ToStringView(), rows->value().ToStringView());
  }
  TRY(FromRocksDb(rows->status(), "the vault"));
  for (const std::unique_ptr<NumberIndex>& index : indexes_) index->Finish();
  CheckNextNumbers();
  return absl::OkStatus();
}

void Vault::ReadRow(std::string_view row_key, std::string_view value) {
  const char table = row_key.empty() ? '\0' : row_key[0];
  for (const IndexTable index : kIndexes) {
    if (table != static_cast<char>(index)) continue;
    const std::optional<uint64_t> number = IndexOf(index).ParseRow(row_key, value);
    if (!number.has_value()) return ReportDamage(NameOf(row_key) + " does not authenticate");
    return IndexOf(index).Collect(*number);
  }
  switch (table) {
    case kVaultRow:
    case kNamedKeyRow:
    case kLastWriteRow:
      return;  // those that the format has are read, and checked, by key
    case kNextNumberRow:
      if (value.size() != kNumberRowBytes) ReportDamage(NameOf(row_key) + " has a wrong length");
      return;
    case kPersonKeyRow:
      if (row_key.size() != 1 + kNumberRowBytes || !UnwrapPersonKey(row_key, value)) {
        ReportDamage(NameOf(row_key) + " does not open");
      }
      return;
    default:
      ReportDamage(NameOf(row_key) + " is not of this format");
  }
}

void Vault::CheckNextNumbers() {
  for (const IndexTable table : kIndexes) {
    const absl::StatusOr<std::string> next =
        Row(std::string{kNextNumberRow, static_cast<char>(table)});
    if (!next.ok() || next->size() != kNumberRowBytes ||
        *ParseU64(*next) <= IndexOf(table).greatest()) {
      ReportDamage(absl::StrCat("the next number of index ", absl::Hex(static_cast<uint8_t>(table)),
                                " is not above all of its numbers"));
    }
  }
}

absl::StatusOr<std::string> Vault::Row(std::string_view row_key) const {
  std::string value;
  const rocksdb::Status status =
      db_->Get(rocksdb::ReadOptions(), rocksdb::Slice(row_key.data(), row_key.size()), &value);
  if (status.IsNotFound()) {
    return absl::NotFoundError(absl::StrCat("the vault lacks ", NameOf(row_key)));
  }
  TRY(FromRocksDb(status, NameOf(row_key)));
  return value;
}

absl::StatusOr<std::string> Vault::RowOfEveryVault(std::string_view row_key) const {
  absl::StatusOr<std::string> row = Row(row_key);
  if (absl::IsNotFound(row.status())) return absl::DataLossError(row.status().message());
  return row;
}

absl::StatusOr<Secret> Vault::NamedKey(uint8_t key_id) const {
  const std::string row_key = {kNamedKeyRow, static_cast<char>(key_id)};
  TRY_ASSIGN(const std::string wrapped, RowOfEveryVault(row_key));
  const std::optional<Secret> key = wrapping_.Unwrap(row_key, wrapped);
  if (key.has_value()) return *key;
  return absl::DataLossError(
      absl::StrCat("the vault's key ", absl::Hex(key_id, absl::kZeroPad2), " does not open"));
}

std::optional<Secret> Vault::UnwrapPersonKey(std::string_view row_key, std::string_view row) const {
  if (!row.starts_with(kPersonKindKey)) return std::nullopt;
  return wrapping_.Unwrap(row_key, row.substr(1));
}

absl::StatusOr<Secret> Vault::PersonKey(uint64_t recipient) const {
  const std::string row_key = PersonRowKey(recipient);
  TRY_ASSIGN(const std::string row, Row(row_key));
  const std::optional<Secret> key = UnwrapPersonKey(row_key, row);
  if (key.has_value()) return *key;
  return absl::DataLossError(
      absl::StrCat("the vault's key of recipient ", recipient, " does not open"));
}

absl::StatusOr<uint64_t> Vault::NumberOf(IndexTable index, std::string_view value) const {
  const std::string row_key = IndexOf(index).RowKey(value);
  TRY_ASSIGN(const std::string row, Row(row_key));
  const std::optional<uint64_t> number = IndexOf(index).ParseRow(row_key, row);
  if (number.has_value()) return *number;
  return absl::DataLossError(absl::StrCat(NameOf(row_key), " does not authenticate"));
}

bool Vault::IsShared(IndexTable index, uint64_t number) const {
  return IndexOf(index).IsShared(number);
}

NumberIndex& Vault::IndexOf(IndexTable table) const {
  return *indexes_[static_cast<size_t>(table) - static_cast<size_t>(IndexTable::kIdentity)];
}

void Vault::ReportDamage(std::string_view what) {
  if (damage_.empty()) damage_ = what;
}

}  // namespace bansos::verify
