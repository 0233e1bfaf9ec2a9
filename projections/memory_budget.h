// MemoryBudget: what views beside the live ones may take together: those of older positions, of
// replays, and those that snapshots are made from. Who builds some takes a share first and holds it
// as long as they live, so that what does not fit is refused before it is begun.
//
// Shares are estimates, by events: see EstimatedViewBytes. Thread-safe; copies are one budget, and
// shares may outlive it.
#ifndef PROJECTIONS_MEMORY_BUDGET_H_
#define PROJECTIONS_MEMORY_BUDGET_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

// One more set of views of every kind for a log of 16 million events, or several smaller ones: what
// a machine of 8 GB can spare beside the two copies of the State that it serves from.
inline constexpr uint64_t kDefaultViewMemoryBytes = uint64_t{2} << 30;

// What all views after so many events take: measured on the demo year of 1.3 million events (112
// bytes an event), rounded up, and never less than a megabyte.
inline uint64_t EstimatedViewBytes(uint64_t events) {
  constexpr uint64_t kBytesPerEvent = 128;
  constexpr uint64_t kLeastBytes = uint64_t{1} << 20;
  return kLeastBytes + events * kBytesPerEvent;
}

class MemoryBudget {
 public:
  class Share;

  explicit MemoryBudget(uint64_t bytes) : core_(std::make_shared<Core>(bytes)) {}

  // nullopt when it does not fit now.
  std::optional<Share> Take(uint64_t bytes);

  uint64_t bytes() const { return core_->limit; }
  uint64_t taken() const {
    absl::MutexLock lock(&core_->mutex);
    return core_->taken;
  }

 private:
  struct Core {
    explicit Core(uint64_t bytes) : limit(bytes) {}
    const uint64_t limit;
    absl::Mutex mutex;
    uint64_t taken ABSL_GUARDED_BY(mutex) = 0;
  };

  const std::shared_ptr<Core> core_;
};

// Gives back what it took when it goes. Move-only.
class MemoryBudget::Share {
 public:
  Share() = default;
  Share(Share&& other) noexcept
      : core_(std::move(other.core_)), bytes_(std::exchange(other.bytes_, 0)) {}
  Share& operator=(Share&& other) noexcept {
    std::swap(core_, other.core_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Share() {
    if (core_ == nullptr) return;
    absl::MutexLock lock(&core_->mutex);
    core_->taken -= bytes_;
  }

  uint64_t bytes() const { return bytes_; }

  // Takes over another share of the same budget.
  void Add(Share other) {
    if (core_ == nullptr) core_ = other.core_;
    bytes_ += std::exchange(other.bytes_, 0);
  }

 private:
  friend class MemoryBudget;
  Share(std::shared_ptr<Core> core, uint64_t bytes) : core_(std::move(core)), bytes_(bytes) {}

  std::shared_ptr<Core> core_;
  uint64_t bytes_ = 0;
};

inline std::optional<MemoryBudget::Share> MemoryBudget::Take(uint64_t bytes) {
  {
    absl::MutexLock lock(&core_->mutex);
    if (bytes > core_->limit - core_->taken) return std::nullopt;
    core_->taken += bytes;
  }
  return Share(core_, bytes);
}

}  // namespace bansos

#endif  // PROJECTIONS_MEMORY_BUDGET_H_
