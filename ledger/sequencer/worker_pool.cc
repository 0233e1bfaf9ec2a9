#include "ledger/sequencer/worker_pool.h"

#include <utility>

#include "ledger/base/check.h"

namespace bansos {

WorkerPool::WorkerPool(int threads, size_t max_jobs) : max_jobs_(max_jobs) {
  CHECK(threads >= 1) << threads;
  threads_.reserve(threads);
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

WorkerPool::~WorkerPool() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::TryRun(std::function<void()> job) {
  absl::MutexLock lock(&mutex_);
  if (stopping_ || jobs_.size() >= max_jobs_) return false;
  jobs_.push_back(std::move(job));
  return true;
}

void WorkerPool::Run(std::function<void()> job) {
  absl::MutexLock lock(&mutex_);
  jobs_.push_back(std::move(job));
}

void WorkerPool::Work() {
  const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !jobs_.empty();
  };
  while (true) {
    std::function<void()> job;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&has_work));
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

}  // namespace bansos
