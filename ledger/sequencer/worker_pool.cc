#include "ledger/sequencer/worker_pool.h"

#include <utility>

#include "ledger/base/check.h"

namespace bansos {

WorkerPool::WorkerPool(int threads, size_t max_jobs, size_t max_bytes)
    : max_jobs_(max_jobs), max_bytes_(max_bytes) {
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

bool WorkerPool::TryRun(size_t bytes, std::function<void()> job) {
  absl::MutexLock lock(&mutex_);
  if (stopping_ || jobs_.size() >= max_jobs_ || held_bytes_ + bytes > max_bytes_) return false;
  held_bytes_ += bytes;
  jobs_.push_back({std::move(job), bytes});
  return true;
}

void WorkerPool::Run(std::function<void()> job) {
  absl::MutexLock lock(&mutex_);
  jobs_.push_back({std::move(job), 0});
}

void WorkerPool::Work() {
  const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !jobs_.empty();
  };
  while (true) {
    Job job;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&has_work));
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job.run();
    job.run = nullptr;  // What it holds is let go of before its bytes are.
    absl::MutexLock lock(&mutex_);
    held_bytes_ -= job.bytes;
  }
}

}  // namespace bansos
