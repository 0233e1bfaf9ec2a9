#include "grpc/checkpoint_timer.h"

#include <utility>

namespace bansos {

CheckpointTimer::CheckpointTimer(absl::Duration period, std::function<void()> job)
    : job_(std::move(job)), thread_([this, period] { Run(period); }) {}

CheckpointTimer::~CheckpointTimer() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_one();
  thread_.join();
}

void CheckpointTimer::Run(absl::Duration period) {
  std::unique_lock lock(mutex_);
  do {
    lock.unlock();
    job_();
    lock.lock();
  } while (!stopped_.wait_for(lock, absl::ToChronoNanoseconds(period), [this] { return stop_; }));
}

}  // namespace bansos
