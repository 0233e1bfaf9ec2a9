// WorkerPool: a fixed number of threads and a bounded queue of jobs. gRPC callbacks and the
// sequencer hand work over to it and never block themselves (DESIGN 4).
#ifndef LEDGER_SEQUENCER_WORKER_POOL_H_
#define LEDGER_SEQUENCER_WORKER_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

class WorkerPool {
 public:
  // max_jobs: jobs that wait at most; TryRun says no above.
  WorkerPool(int threads, size_t max_jobs);
  ~WorkerPool();  // Runs what waits, then joins.

  // False when the queue is full or the pool is stopping; the job is not run then.
  bool TryRun(std::function<void()> job);
  // For work that was accepted already and must be answered: never refuses. Bounded by what the
  // callers have in flight.
  void Run(std::function<void()> job);

 private:
  void Work();

  const size_t max_jobs_;
  absl::Mutex mutex_;
  std::deque<std::function<void()>> jobs_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_WORKER_POOL_H_
