#include "ledger/log/rocksdb_log.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/commit_batch.h"
#include "ledger/log/commit_rules.h"
#include "ledger/log/entry_reader.h"
#include "ledger/log/log_start.h"

namespace bansos {
namespace {

// Beyond the entries: keys, lengths and the few other rows.
constexpr size_t kBatchOverheadBytes = 4096;

size_t BatchBytes(absl::Span<const std::string> entries) {
  size_t bytes = kBatchOverheadBytes;
  for (const std::string& entry : entries) bytes += sizeof(uint16_t) + entry.size();
  return bytes;
}

rocksdb::WriteOptions SyncedWrite() {
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = 8;
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksDbLog>> RocksDbLog::Open(const RocksDbLogOptions& options) {
  ASSIGN_OR_RETURN(StartedLog started, StartLog(options));
  ASSIGN_OR_RETURN(HeldName name, HeldName::OfDatabase(options.directory));
  return std::unique_ptr<RocksDbLog>(
      new RocksDbLog(std::move(started.lock), std::move(started.database),
                     std::move(started.anchor), std::move(name), started.end));
}

RocksDbLog::RocksDbLog(std::unique_ptr<StoreLock> lock, std::unique_ptr<LogDatabase> database,
                       std::unique_ptr<AnchorFile> anchor, HeldName database_name,
                       const StoredHead& end)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      published_(end.head),
      anchor_(std::move(anchor)),
      held_({std::move(database_name)}),
      end_(end) {}

RocksDbLog::~RocksDbLog() = default;

absl::StatusOr<LogHead> RocksDbLog::Append(uint64_t expected_size, int64_t time_us,
                                           absl::Span<const std::string> entries) {
  LogHead head;
  std::vector<std::function<void()>> due;
  {
    std::lock_guard lock(append_mutex_);
    RETURN_IF_ERROR(stopped_);
    RETURN_IF_ERROR(CheckCommit(end_.head, expected_size, time_us, entries));
    if (absl::Status written = WriteCommit(time_us, entries); !written.ok()) {
      stopped_ = absl::Status(
          written.code(),
          absl::StrCat("the log stopped at size ", expected_size,
                       " and takes no more entries; restart the process: ", written.message()));
      return stopped_;
    }
    head = end_.head;
    due = published_.Publish(head);
  }
  for (const auto& callback : due) callback();
  return head;
}

absl::Status RocksDbLog::WriteCommit(int64_t time_us, absl::Span<const std::string> entries) {
  rocksdb::WriteBatch batch(BatchBytes(entries));
  BuildCommit(*database_, time_us, entries, end_, batch);
  RETURN_IF_ERROR(FromRocksDb(database_->db().Write(SyncedWrite(), &batch), "writing a commit"));
  RETURN_IF_ERROR(anchor_->Write({.size = end_.head.size, .root = end_.head.root}));
  for (const HeldName& name : held_) RETURN_IF_ERROR(name.Check());
  return absl::OkStatus();
}

void RocksDbLog::AlsoHold(HeldName name) {
  std::lock_guard lock(append_mutex_);
  held_.push_back(std::move(name));
}

absl::Status RocksDbLog::ReadForward(Position from, Position to, EntryVisitor visit) const {
  const uint64_t end = std::min(to.value(), Head().size);
  return EntryReader(*database_).Forward(from.value(), end, visit);
}

absl::Status RocksDbLog::ReadBackward(Position from, EntryVisitor visit) const {
  RETURN_IF_ERROR(CheckPosition(Head(), from));
  return EntryReader(*database_).Backward(from.value(), visit);
}

absl::StatusOr<std::string> RocksDbLog::Read(Position position) const {
  RETURN_IF_ERROR(CheckPosition(Head(), position));
  std::string found;
  RETURN_IF_ERROR(EntryReader(*database_)
                      .Forward(position.value(), position.value() + 1,
                               [&found](Position, std::string_view entry) {
                                 found = entry;
                                 return true;
                               }));
  return found;
}

absl::StatusOr<Position> RocksDbLog::SeekTime(int64_t time_us) const {
  const uint64_t size = Head().size;
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions(), database_->times()));
  const U64Key key = EncodeU64(static_cast<uint64_t>(std::max<int64_t>(time_us, 0)));
  it->Seek({key.data(), key.size()});
  RETURN_IF_ERROR(FromRocksDb(it->status(), absl::StrCat("seeking recorded time ", time_us)));
  if (!it->Valid()) return Position(size);
  if (it->value().size() != sizeof(uint64_t)) {
    return absl::DataLossError(absl::StrCat("damaged time row after recorded time ", time_us));
  }
  // A commit that is written but not published yet is past the end for every reader.
  return Position(std::min(size, LoadBigEndian<uint64_t>({it->value().data(), sizeof(uint64_t)})));
}

}  // namespace bansos
