#include "ledger/log/checkpoint_rows.h"

#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/log_format.h"

namespace bansos {
namespace {

std::string KeyOf(uint64_t size) {
  std::string key(kCheckpointKeyPrefix);
  AppendU64(key, size);
  return key;
}

// The row that an iterator stands on; nullopt when it is past the checkpoints.
absl::StatusOr<std::optional<CheckpointRow>> Current(const rocksdb::Iterator& it) {
  RETURN_IF_ERROR(FromRocksDb(it.status(), "reading a stored checkpoint"));
  if (!it.Valid()) return std::nullopt;
  const std::string_view key(it.key().data(), it.key().size());
  if (!key.starts_with(kCheckpointKeyPrefix)) return std::nullopt;
  const std::string_view size = key.substr(kCheckpointKeyPrefix.size());
  if (size.size() != sizeof(uint64_t)) {
    return absl::DataLossError(
        absl::StrCat("the key of a stored checkpoint has ", key.size(), " bytes"));
  }
  return CheckpointRow{.size = LoadBigEndian<uint64_t>(size), .note = it.value().ToString()};
}

}  // namespace

absl::Status CheckpointRows::Put(uint64_t size, std::string_view note) const {
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = 8;
  return FromRocksDb(
      database_->db().Put(options, database_->meta(), KeyOf(size), {note.data(), note.size()}),
      absl::StrCat("storing the checkpoint of size ", size));
}

absl::StatusOr<std::optional<CheckpointRow>> CheckpointRows::Newest() const {
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions(), database_->meta()));
  it->SeekForPrev(KeyOf(std::numeric_limits<uint64_t>::max()));
  return Current(*it);
}

absl::StatusOr<std::optional<CheckpointRow>> CheckpointRows::AtLeast(uint64_t min_size) const {
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions(), database_->meta()));
  it->Seek(KeyOf(min_size));
  return Current(*it);
}

}  // namespace bansos
