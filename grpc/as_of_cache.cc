#include "grpc/as_of_cache.h"

#include <algorithm>
#include <list>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grpc/status_mapping.h"

namespace bansos {

OldViews::OldViews() {
  auto own = std::make_unique<RecordsView>();
  records = own.get();
  set.Add(std::move(own));
}

class AsOfCache::Shelf : public std::enable_shared_from_this<Shelf> {
 public:
  Shelf(size_t max_sets, MemoryBudget budget) : max_sets_(max_sets), budget_(std::move(budget)) {}

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
    sets_.push_front(std::make_shared<Set>());
    sets_.front()->views = std::move(views);
    if (sets_.size() > max_sets_) sets_.pop_back();
    return LeaseOf(sets_.front());
  }

  absl::StatusOr<MemoryBudget::Share> TakeShare(uint64_t bytes) {
    constexpr uint64_t kMb = uint64_t{1} << 20;
    const std::string words =
        absl::StrCat("views of that position take about ", bytes / kMb + 1, " MB");
    if (bytes > budget_.bytes()) {
      return absl::ResourceExhaustedError(
          absl::StrCat(words, ", and the server was allowed ", budget_.bytes() / kMb,
                       " MB for all of them. Its operator can allow more (--view-memory-mb)."));
    }
    do {
      std::optional<MemoryBudget::Share> share = budget_.Take(bytes);
      if (share.has_value()) return *std::move(share);
    } while (DropIdle());
    const std::string busy =
        absl::StrCat(words,
                     ", and other questions about older positions hold too much of what the "
                     "server was allowed; try again in a moment");
    return BusyError(busy.c_str());
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
    sets_.erase(newest);
    return views;
  }

 private:
  struct Set {
    std::unique_ptr<OldViews> views;
    int leases = 0;  // Guarded by the shelf's mutex.
  };

  // Lets go of the set that nobody reads and that was asked for longest ago; false: there is none.
  bool DropIdle() {
    std::shared_ptr<Set> dropped;  // Destroyed without the lock: that takes a while.
    absl::MutexLock lock(&mutex_);
    for (auto it = sets_.rbegin(); it != sets_.rend() && dropped == nullptr; ++it) {
      if ((*it)->leases == 0) dropped = *it;
    }
    if (dropped != nullptr) sets_.remove(dropped);
    return dropped != nullptr;
  }

  Lease LeaseOf(const std::shared_ptr<Set>& set) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++set->leases;
    return Lease(set->views.get(), [shelf = shared_from_this(), set](const OldViews*) {
      absl::MutexLock lock(&shelf->mutex_);
      --set->leases;
    });
  }

  const size_t max_sets_;
  MemoryBudget budget_;
  absl::Mutex mutex_;
  // The one asked for last comes first.
  std::list<std::shared_ptr<Set>> sets_ ABSL_GUARDED_BY(mutex_);
};

AsOfCache::AsOfCache(size_t max_sets, MemoryBudget budget)
    : shelf_(std::make_shared<Shelf>(max_sets, std::move(budget))) {}

absl::StatusOr<MemoryBudget::Share> AsOfCache::TakeShare(uint64_t bytes) {
  return shelf_->TakeShare(bytes);
}

AsOfCache::Lease AsOfCache::Find(uint64_t size) { return shelf_->Find(size); }

AsOfCache::Lease AsOfCache::Put(std::unique_ptr<OldViews> views) {
  return shelf_->Put(std::move(views));
}

std::unique_ptr<OldViews> AsOfCache::TakeIdle(uint64_t from, uint64_t to) {
  return shelf_->TakeIdle(from, to);
}

}  // namespace bansos
