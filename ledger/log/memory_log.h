// MemoryLog: an EventLog for tests, kept in memory and lost with the object. It passes the same
// typed suite as RocksDbLog (tests/log/event_log_test.cc).
#ifndef LEDGER_LOG_MEMORY_LOG_H_
#define LEDGER_LOG_MEMORY_LOG_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "ledger/log/event_log.h"
#include "ledger/log/merkle.h"
#include "ledger/log/published_head.h"

namespace bansos {

class MemoryLog final : public EventLog {
 public:
  MemoryLog();

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

  // From now on every Append writes nothing and returns `error`, as a log whose disk failed.
  void FailAppends(absl::Status error);

 private:
  // A deque, because its elements stay where they are while it grows: a visitor runs unlocked.
  std::string_view EntryAt(uint64_t position) const;

  mutable std::mutex mutex_;
  std::deque<std::string> entries_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::pair<int64_t, uint64_t>> times_ ABSL_GUARDED_BY(mutex_);  // time, first position
  RightEdge edge_ ABSL_GUARDED_BY(mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  PublishedHead published_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_MEMORY_LOG_H_
