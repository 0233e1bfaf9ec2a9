// CheckpointTimer: a thread that runs a job at once and then once a period, until it is destroyed.
// Owner: LedgerParts.
#ifndef GRPC_CHECKPOINT_TIMER_H_
#define GRPC_CHECKPOINT_TIMER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

namespace bansos {

class CheckpointTimer {
 public:
  // REQUIRES: period > 0.
  CheckpointTimer(absl::Duration period, std::function<void()> job);

  // Waits for a job that is running.
  ~CheckpointTimer();

 private:
  void Run(absl::Duration period);

  const std::function<void()> job_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace bansos

#endif  // GRPC_CHECKPOINT_TIMER_H_
