// WorkerPool: a fixed number of threads and a queue of jobs, bounded in jobs and in bytes. gRPC
// callbacks and the sequencer hand work over to it and never block themselves (DESIGN 4).
#ifndef LEDGER_SEQUENCER_WORKER_POOL_H_
#define LEDGER_SEQUENCER_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

class WorkerPool {
 public:
  // max_jobs: jobs that wait at most; max_bytes: what the jobs that wait or run may hold together.
  // TryRun says no above.
  WorkerPool(int threads, size_t max_jobs, size_t max_bytes);
  ~WorkerPool();  // Runs what waits, then joins.

  // `bytes`: what the job holds until it has run. False when the queue is full or the pool is
  // stopping; the job is not run then.
  bool TryRun(size_t bytes, std::function<void()> job);
  // For work that was accepted already and must be answered: never refuses. Bounded by what the
  // callers have in flight.
  void Run(std::function<void()> job);

 private:
  struct Job {
    std::function<void()> run;
    size_t bytes = 0;
  };

  void Work();

  const size_t max_jobs_;
  const size_t max_bytes_;
  absl::Mutex mutex_;
  std::deque<Job> jobs_ ABSL_GUARDED_BY(mutex_);
  size_t held_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // By jobs that wait or run.
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_WORKER_POOL_H_
