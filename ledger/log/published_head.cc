#include "ledger/log/published_head.h"

#include <utility>

#include "ledger/base/check.h"

namespace bansos {

LogHead PublishedHead::Get() const {
  std::lock_guard lock(mutex_);
  return head_;
}

std::vector<std::function<void()>> PublishedHead::Publish(const LogHead& head) {
  std::vector<std::function<void()>> due;
  std::lock_guard lock(mutex_);
  CHECK(head.size >= head_.size) << head.size << " after " << head_.size;
  head_ = head;
  const auto end = waiting_.upper_bound(head.size);
  for (auto it = waiting_.begin(); it != end; ++it) due.push_back(std::move(it->second));
  waiting_.erase(waiting_.begin(), end);
  return due;
}

void PublishedHead::CallAtSize(uint64_t size, std::function<void()> callback) {
  {
    std::lock_guard lock(mutex_);
    if (head_.size < size) {
      waiting_.emplace(size, std::move(callback));
      return;
    }
  }
  callback();
}

}  // namespace bansos
