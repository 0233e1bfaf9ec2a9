#include "ledger/log/log_start.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/start_check.h"

namespace bansos {
namespace {

LogDatabaseOptions DatabaseOptions(const RocksDbLogOptions& options) {
  return {.directory = options.directory,
          .env = options.env,
          .write_buffer_bytes = options.write_buffer_bytes,
          .block_cache_bytes = options.block_cache_bytes};
}

// Null when there is no anchor file.
absl::StatusOr<std::unique_ptr<AnchorFile>> OpenAnchorIfAny(const RocksDbLogOptions& options) {
  auto anchor = AnchorFile::Open(options.env->GetFileSystem(), options.anchor_path);
  if (absl::IsNotFound(anchor.status())) return nullptr;
  RETURN_IF_ERROR(anchor.status());
  // Whoever made it may have been stopped before its name was durable.
  RETURN_IF_ERROR(SyncParentDirectory(*options.env->GetFileSystem(), options.anchor_path));
  return anchor;
}

std::optional<AnchorRecord> RecordOf(const AnchorFile* anchor) {
  if (anchor == nullptr) return std::nullopt;
  return anchor->record();
}

// Which way of opening finds all that was acknowledged. Reads only: opening for writing would
// replace the write-ahead log, and with it the evidence of a damage that must be refused.
absl::StatusOr<TornTail> ChooseRecovery(const LogDatabaseOptions& options,
                                        const std::optional<AnchorRecord>& anchor) {
  auto strict = LogDatabase::OpenReadOnly(options, TornTail::kTolerateUnfinished);
  if (strict.ok()) {
    RETURN_IF_ERROR(CheckStoredLog(**strict, anchor).status());
    return TornTail::kTolerateUnfinished;
  }
  if (!absl::IsDataLoss(strict.status())) return strict.status();
  // A power cut can leave a last record of full length with a wrong checksum. Nobody was told of
  // it, so it may go, if what is before it holds everything that the anchor says.
  auto cut = LogDatabase::OpenReadOnly(options, TornTail::kCutAtDamage);
  if (!cut.ok()) return strict.status();
  if (absl::Status checked = CheckStoredLog(**cut, anchor).status(); !checked.ok()) {
    return absl::Status(checked.code(),
                        absl::StrCat(checked.message(), "; the write-ahead log is damaged: ",
                                     strict.status().message()));
  }
  return TornTail::kCutAtDamage;
}

absl::Status WriteFormatRow(const LogDatabase& database) {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return FromRocksDb(
      database.db().Put(synced, database.meta(), {kFormatKey.data(), kFormatKey.size()},
                        {kLogFormat.data(), kLogFormat.size()}),
      "writing the format row");
}

absl::StatusOr<std::unique_ptr<LogDatabase>> CreateDatabase(const RocksDbLogOptions& options,
                                                            const AnchorFile* anchor) {
  if (anchor != nullptr && anchor->record().size > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("the anchor ", options.anchor_path, " says that ", anchor->record().size,
                     " entries were acknowledged, but there is no log in ", options.directory,
                     ": put the log back, or give the directory that holds it"));
  }
  if (!options.create_if_missing) {
    return absl::NotFoundError(absl::StrCat("there is no log in ", options.directory));
  }
  RETURN_IF_ERROR(CreateDirectoryDurably(*options.env->GetFileSystem(), options.directory));
  return LogDatabase::OpenForWriting(DatabaseOptions(options), TornTail::kTolerateUnfinished,
                                     /*create=*/true);
}

absl::StatusOr<std::unique_ptr<LogDatabase>> OpenDatabase(const RocksDbLogOptions& options,
                                                          const AnchorFile* anchor) {
  const LogDatabaseOptions database = DatabaseOptions(options);
  ASSIGN_OR_RETURN(const bool complete, LogDatabase::IsComplete(database));
  if (!complete) return CreateDatabase(options, anchor);
  ASSIGN_OR_RETURN(const TornTail torn_tail, ChooseRecovery(database, RecordOf(anchor)));
  return LogDatabase::OpenForWriting(database, torn_tail, /*create=*/false);
}

}  // namespace

absl::StatusOr<StartedLog> StartLog(const RocksDbLogOptions& options) {
  const std::shared_ptr<rocksdb::FileSystem> files = options.env->GetFileSystem();
  StartedLog started;
  ASSIGN_OR_RETURN(started.lock, StoreLock::Take(files, options.anchor_path + ".lock"));
  ASSIGN_OR_RETURN(started.anchor, OpenAnchorIfAny(options));
  ASSIGN_OR_RETURN(started.database, OpenDatabase(options, started.anchor.get()));
  // Again, on what is now open: opening has written the recovered entries out and synced them, so
  // the anchor may move up to them.
  ASSIGN_OR_RETURN(started.end, CheckStoredLog(*started.database, RecordOf(started.anchor.get())));
  const AnchorRecord end = {.size = started.end.head.size, .root = started.end.head.root};
  if (started.end.head.size == 0) RETURN_IF_ERROR(WriteFormatRow(*started.database));
  if (started.anchor == nullptr) {
    ASSIGN_OR_RETURN(started.anchor, AnchorFile::Create(files, options.anchor_path, end));
  } else {
    RETURN_IF_ERROR(started.anchor->Write(end));  // also mends a torn slot
  }
  return started;
}

}  // namespace bansos
