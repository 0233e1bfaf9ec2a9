// GroupHandover: the one place between decider and committer where a decided group waits. With it
// at most two commits are in flight: one decided or being decided, one being synced.
// Threads: one that puts, one that takes.
#ifndef LEDGER_SEQUENCER_GROUP_HANDOVER_H_
#define LEDGER_SEQUENCER_GROUP_HANDOVER_H_

#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ledger/sequencer/commit_group.h"

namespace bansos {

class GroupHandover {
 public:
  // Blocks until the last group was taken.
  void AwaitFree();

  // REQUIRES: free, and not finished.
  void Put(CommitGroup group);

  // Nothing more will be put.
  void Finish();

  // Blocks until a group is there; nullopt once finished and empty.
  std::optional<CommitGroup> Take();

 private:
  absl::Mutex mutex_;
  std::optional<CommitGroup> group_ ABSL_GUARDED_BY(mutex_);
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_GROUP_HANDOVER_H_
