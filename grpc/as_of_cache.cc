#include "grpc/as_of_cache.h"

#include <algorithm>
#include <list>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {
namespace {

// Of all views, as the demo year of 1.3 million events takes them, rounded up.
constexpr size_t kBytesPerEvent = 128;
constexpr size_t kLeastBytes = size_t{1024} * 1024;

size_t EstimatedBytes(const OldViews& views) {
  return kLeastBytes + views.head.size * kBytesPerEvent;
}

}  // namespace

OldViews::OldViews() {
  auto own = std::make_unique<RecordsView>();
  records = own.get();
  set.Add(std::move(own));
}

class AsOfCache::Shelf : public std::enable_shared_from_this<Shelf> {
 public:
  Shelf(size_t max_sets, size_t max_bytes) : max_sets_(max_sets), max_bytes_(max_bytes) {}

  Lease Find(uint64_t size) {
    absl::MutexLock lock(&mutex_);
    const auto it = std::find_if(sets_.begin(), sets_.end(),
                                 [size](const auto& set) { return set->views->head.size == size; });
    if (it == sets_.end()) return nullptr;
    sets_.splice(sets_.begin(), sets_, it);
    return LeaseOf(sets_.front());
  }

  Lease Put(std::unique_ptr<OldViews> views) {
    absl::MutexLock lock(&mutex_);
    bytes_ += EstimatedBytes(*views);
    sets_.push_front(std::make_shared<Set>());
    sets_.front()->views = std::move(views);
    while (sets_.size() > 1 && (sets_.size() > max_sets_ || bytes_ > max_bytes_)) {
      bytes_ -= EstimatedBytes(*sets_.back()->views);
      sets_.pop_back();
    }
    return LeaseOf(sets_.front());
  }

  std::unique_ptr<OldViews> TakeIdle(uint64_t from, uint64_t to) {
    absl::MutexLock lock(&mutex_);
    auto newest = sets_.end();
    for (auto it = sets_.begin(); it != sets_.end(); ++it) {
      const uint64_t size = (*it)->views->head.size;
      if (size < from || size > to || (*it)->leases > 0) continue;
      if (newest == sets_.end() || size > (*newest)->views->head.size) newest = it;
    }
    if (newest == sets_.end()) return nullptr;
    std::unique_ptr<OldViews> views = std::move((*newest)->views);
    bytes_ -= EstimatedBytes(*views);
    sets_.erase(newest);
    return views;
  }

 private:
  struct Set {
    std::unique_ptr<OldViews> views;
    int leases = 0;  // Guarded by the shelf's mutex.
  };

  Lease LeaseOf(const std::shared_ptr<Set>& set) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++set->leases;
    return Lease(set->views.get(), [shelf = shared_from_this(), set](const OldViews*) {
      absl::MutexLock lock(&shelf->mutex_);
      --set->leases;
    });
  }

  const size_t max_sets_;
  const size_t max_bytes_;
  absl::Mutex mutex_;
  // The one asked for last comes first.
  std::list<std::shared_ptr<Set>> sets_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

AsOfCache::AsOfCache(size_t max_sets, size_t max_bytes)
    : shelf_(std::make_shared<Shelf>(max_sets, max_bytes)) {}

AsOfCache::Lease AsOfCache::Find(uint64_t size) { return shelf_->Find(size); }

AsOfCache::Lease AsOfCache::Put(std::unique_ptr<OldViews> views) {
  return shelf_->Put(std::move(views));
}

std::unique_ptr<OldViews> AsOfCache::TakeIdle(uint64_t from, uint64_t to) {
  return shelf_->TakeIdle(from, to);
}

}  // namespace bansos
