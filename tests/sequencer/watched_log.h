// WatchedLog: an EventLog in front of another one that counts commits, can hold them back, and can
// fail as a disk does: at the k-th commit, before or after it reached the log behind.
#ifndef TESTS_SEQUENCER_WATCHED_LOG_H_
#define TESTS_SEQUENCER_WATCHED_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "ledger/log/event_log.h"

namespace bansos::testing {

class WatchedLog final : public EventLog {
 public:
  explicit WatchedLog(EventLog& log) : log_(log) {}

  // Holds every commit back until Open. REQUIRES: nothing is being written.
  void Close();
  void Open();
  // Blocks until a commit is held back.
  void AwaitHeld();

  enum class Fault { kNotWritten, kWritten };
  // The k-th commit from now on (1 is the next) and all later ones fail.
  void FailAt(int k, Fault fault);

  // Entries of each commit that was written.
  std::vector<size_t> commits() const;

  absl::StatusOr<LogHead> Append(uint64_t expected_size, int64_t time_us,
                                 absl::Span<const std::string> entries) override;
  LogHead Head() const override { return log_.Head(); }
  absl::Status ReadForward(Position from, Position to, EntryVisitor visit) const override;
  absl::Status ReadBackward(Position from, EntryVisitor visit) const override {
    return log_.ReadBackward(from, visit);
  }
  absl::StatusOr<std::string> Read(Position position) const override { return log_.Read(position); }
  absl::StatusOr<Position> SeekTime(int64_t time_us) const override {
    return log_.SeekTime(time_us);
  }
  void CallAtSize(uint64_t size, std::function<void()> callback) override {
    log_.CallAtSize(size, std::move(callback));
  }

  // Entries that readers visited.
  uint64_t visited() const;

 private:
  EventLog& log_;
  mutable absl::Mutex mutex_;
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
  int commits_to_failure_ ABSL_GUARDED_BY(mutex_) = 0;  // 0: none planned.
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
  Fault fault_ ABSL_GUARDED_BY(mutex_) = Fault::kNotWritten;
  std::vector<size_t> commits_ ABSL_GUARDED_BY(mutex_);
  mutable uint64_t visited_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace bansos::testing

#endif  // TESTS_SEQUENCER_WATCHED_LOG_H_
