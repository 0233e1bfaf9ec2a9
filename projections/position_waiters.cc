#include "projections/position_waiters.h"

#include <utility>
#include <vector>

namespace bansos {

void PositionWaiters::CallAt(uint64_t size, std::function<void()> callback) {
  {
    absl::MutexLock lock(&mutex_);
    if (!closed_ && published_ < size) {
      waiting_.emplace(size, std::move(callback));
      return;
    }
  }
  callback();
}

void PositionWaiters::Publish(uint64_t size) {
  std::vector<std::function<void()>> due;
  {
    absl::MutexLock lock(&mutex_);
    published_ = size;
    const auto end = waiting_.upper_bound(size);
    for (auto it = waiting_.begin(); it != end; ++it) due.push_back(std::move(it->second));
    waiting_.erase(waiting_.begin(), end);
  }
  for (const auto& callback : due) callback();
}

void PositionWaiters::Close() {
  std::multimap<uint64_t, std::function<void()>> due;
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    due.swap(waiting_);
  }
  for (const auto& [size, callback] : due) callback();
}

}  // namespace bansos
