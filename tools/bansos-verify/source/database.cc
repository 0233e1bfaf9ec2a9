#include "tools/bansos-verify/source/database.h"

#include <algorithm>
#include <utility>

#include "rocksdb/file_checksum.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/read_only_files.h"

namespace bansos::verify {
namespace {

constexpr char kDatabasePlace[] = "the database log/";
constexpr size_t kReadAheadBytes = size_t{2} * 1024 * 1024;

// RocksDB writes its messages nowhere.
class NoLogger : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// In the order of Family.
const std::vector<std::string>& FamilyNames() {
  static const auto& names =
      *new std::vector<std::string>{rocksdb::kDefaultColumnFamilyName, "entries", "tree", "times"};
  return names;
}

rocksdb::DBOptions Options(rocksdb::Env* env, rocksdb::WALRecoveryMode mode) {
  rocksdb::DBOptions options;
  options.env = env;
  options.wal_recovery_mode = mode;
  options.paranoid_checks = true;
  options.info_log = std::make_shared<NoLogger>();
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

bool CouldNotLook(const rocksdb::Status& status) {
  if (!status.IsIOError() || status.subcode() == rocksdb::Status::kPathNotFound) return false;
  const std::string message = status.ToString();
  return std::ranges::any_of(
      std::vector<std::string>{"Permission denied", "Input/output error", "Too many open files"},
      [&message](const std::string& reason) { return message.find(reason) != message.npos; });
}

}  // namespace

absl::Status FromRocksDb(const rocksdb::Status& status, const std::string& place) {
  if (status.ok()) return absl::OkStatus();
  if (CouldNotLook(status)) {
    return absl::UnavailableError(absl::StrCat("cannot read ", place, ": ", status.ToString()));
  }
  return FaultIn(place, status.ToString());
}

rocksdb::Status Database::TryOpen(const std::string& directory, rocksdb::WALRecoveryMode mode) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : FamilyNames())
    families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  rocksdb::DB* db = nullptr;
  rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(Options(env_.get(), mode), directory, families, &handles_, &db);
  db_.reset(db);
  return status;
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& directory) {
  std::unique_ptr<Database> database(new Database());
  database->env_ = MakeReadOnlyEnv();
  const auto strict = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  std::vector<std::string> stored;
  TRY(FromRocksDb(
      rocksdb::DB::ListColumnFamilies(Options(database->env_.get(), strict), directory, &stored),
      kDatabasePlace));
  for (const std::string& name : stored) {
    if (std::ranges::find(FamilyNames(), name) == FamilyNames().end()) {
      database->foreign_families_.push_back(name);
    }
  }
  rocksdb::Status status = database->TryOpen(directory, strict);
  if (status.IsCorruption()) {
    const rocksdb::Status damage = std::exchange(
        status, database->TryOpen(directory, rocksdb::WALRecoveryMode::kPointInTimeRecovery));
    if (!status.ok()) return FromRocksDb(damage, kDatabasePlace);
    database->cut_ = damage.ToString();
  }
  TRY(FromRocksDb(status, kDatabasePlace));
  TRY(FromRocksDb(database->db_->VerifyFileChecksums(rocksdb::ReadOptions()), kDatabasePlace));
  return database;
}

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
}

std::unique_ptr<rocksdb::Iterator> Database::Rows(Family family) const {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  options.fill_cache = false;
  // The other families are small, and a buffer of this size for each cursor costs more than it
  // saves.
  if (family == Family::kEntries) options.readahead_size = kReadAheadBytes;
  return std::unique_ptr<rocksdb::Iterator>(
      db_->NewIterator(options, handles_[static_cast<size_t>(family)]));
}

}  // namespace bansos::verify
