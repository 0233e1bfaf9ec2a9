#include "tests/sequencer/watched_log.h"

namespace bansos::testing {

void WatchedLog::Close() {
  absl::MutexLock lock(&mutex_);
  open_ = false;
}

void WatchedLog::Open() {
  absl::MutexLock lock(&mutex_);
  open_ = true;
}

void WatchedLog::AwaitHeld() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&held_));
}

void WatchedLog::FailAt(int k, Fault fault) {
  absl::MutexLock lock(&mutex_);
  commits_to_failure_ = k;
  fault_ = fault;
}

std::vector<size_t> WatchedLog::commits() const {
  absl::MutexLock lock(&mutex_);
  return commits_;
}

uint64_t WatchedLog::visited() const {
  absl::MutexLock lock(&mutex_);
  return visited_;
}

absl::StatusOr<LogHead> WatchedLog::Append(uint64_t expected_size, int64_t time_us,
                                           absl::Span<const std::string> entries) {
  absl::MutexLock lock(&mutex_);
  held_ = !open_;
  mutex_.Await(absl::Condition(&open_));
  held_ = false;
  const absl::Status error = absl::UnavailableError("no space left on device");
  if (failed_) return error;
  if (commits_to_failure_ > 0 && --commits_to_failure_ == 0) {
    failed_ = true;
    if (fault_ == Fault::kNotWritten) return error;
  }
  absl::StatusOr<LogHead> head = log_.Append(expected_size, time_us, entries);
  if (head.ok()) commits_.push_back(entries.size());
  if (failed_) return error;
  return head;
}

absl::Status WatchedLog::ReadForward(Position from, Position to, EntryVisitor visit) const {
  uint64_t visited = 0;
  const absl::Status status = log_.ReadForward(from, to, [&](Position p, std::string_view entry) {
    ++visited;
    return visit(p, entry);
  });
  absl::MutexLock lock(&mutex_);
  visited_ += visited;
  return status;
}

}  // namespace bansos::testing
