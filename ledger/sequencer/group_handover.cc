#include "ledger/sequencer/group_handover.h"

#include <utility>

#include "ledger/base/check.h"

namespace bansos {

void GroupHandover::AwaitFree() {
  const auto is_free = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !group_.has_value(); };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&is_free));
}

void GroupHandover::Put(CommitGroup group) {
  absl::MutexLock lock(&mutex_);
  CHECK(!group_.has_value() && !finished_);
  group_ = std::move(group);
}

void GroupHandover::Finish() {
  absl::MutexLock lock(&mutex_);
  finished_ = true;
}

std::optional<CommitGroup> GroupHandover::Take() {
  const auto is_ready = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return group_.has_value() || finished_;
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&is_ready));
  return std::exchange(group_, std::nullopt);
}

}  // namespace bansos
