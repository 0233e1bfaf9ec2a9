// RocksDbLog: the EventLog on disk. docs/formats/log.md gives the bytes.
//
// A commit is hashed, written as one synced batch, anchored (synced again), published, and only
// then told to whoever waits, unless one of its files has lost its name (held_name.h). Any error on
// that way stops the log for good: what reached the disk is unknown until the next start, which
// finds the commit whole or not at all. Threads: any; appends are serial, reads never wait for
// them.
#ifndef LEDGER_LOG_ROCKSDB_LOG_H_
#define LEDGER_LOG_ROCKSDB_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/anchor.h"
#include "ledger/base/held_name.h"
#include "ledger/log/event_log.h"
#include "ledger/log/log_database.h"
#include "ledger/log/log_format.h"
#include "ledger/log/published_head.h"

namespace bansos {

class StoreLock;

struct RocksDbLogOptions {
  std::string directory;    // of the RocksDB; its parent must exist
  std::string anchor_path;  // outside `directory`; its parent must exist
  bool create_if_missing = false;
  rocksdb::Env* env = rocksdb::Env::Default();  // also carries the anchor's reads and writes
  size_t write_buffer_bytes = size_t{64} * 1024 * 1024;
  size_t block_cache_bytes = size_t{64} * 1024 * 1024;
};

class RocksDbLog final : public EventLog {
 public:
  // Checks before it changes anything: on an error both database and anchor are as they were found.
  //   NOT_FOUND            no log here, and not asked to create one
  //   FAILED_PRECONDITION  another process has it open; or database or anchor is missing while the
  //                        other is not; or it is of another format
  //   DATA_LOSS            acknowledged entries are lost or altered
  //   UNAVAILABLE          the disk fails
  static absl::StatusOr<std::unique_ptr<RocksDbLog>> Open(const RocksDbLogOptions& options);

  ~RocksDbLog() override;

  absl::StatusOr<LogHead> Append(uint64_t expected_size, int64_t time_us,
                                 absl::Span<const std::string> entries) override;
  LogHead Head() const override { return published_.Get(); }
  absl::Status ReadForward(Position from, Position to, EntryVisitor visit) const override;
  absl::Status ReadBackward(Position from, EntryVisitor visit) const override;
  absl::StatusOr<std::string> Read(Position position) const override;
  absl::StatusOr<Position> SeekTime(int64_t time_us) const override;
  void CallAtSize(uint64_t size, std::function<void()> callback) override {
    published_.CallAtSize(size, std::move(callback));
  }

  // Entries are acknowledged only while these, too, are where they were: without the vault beside
  // it, what a log says of people is lost. REQUIRES: nothing appended yet.
  void AlsoHold(HeldName name);

  // For those who read the tree and keep checkpoints beside the entries.
  const LogDatabase& database() const { return *database_; }

 private:
  RocksDbLog(std::unique_ptr<StoreLock> lock, std::unique_ptr<LogDatabase> database,
             std::unique_ptr<AnchorFile> anchor, HeldName database_name, const StoredHead& end);

  absl::Status WriteCommit(int64_t time_us, absl::Span<const std::string> entries)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);

  const std::unique_ptr<StoreLock> lock_;
  const std::unique_ptr<LogDatabase> database_;
  PublishedHead published_;

  std::mutex append_mutex_;
  const std::unique_ptr<AnchorFile> anchor_ ABSL_PT_GUARDED_BY(append_mutex_);
  std::vector<HeldName> held_ ABSL_GUARDED_BY(append_mutex_);
  StoredHead end_ ABSL_GUARDED_BY(append_mutex_);
  absl::Status stopped_ ABSL_GUARDED_BY(append_mutex_);  // not OK: refuse every Append
};

}  // namespace bansos

#endif  // LEDGER_LOG_ROCKSDB_LOG_H_
