#include "grpc/parked_calls.h"

#include <compare>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/synchronization/mutex.h"
#include "grpc/limits.h"
#include "grpc/status_mapping.h"

namespace bansos {

class ParkedCalls::Room : public std::enable_shared_from_this<Room> {
 public:
  Room(Reached reached, CallAt call_at)
      : reached_(std::move(reached)), call_at_(std::move(call_at)) {}

  absl::Status Wait(uint64_t size, size_t bytes, CallLife& life, std::function<void()> wake) {
    if (reached_() >= size) {
      wake();
      return absl::OkStatus();
    }
    Place place;
    bool arm = false;
    {
      absl::MutexLock lock(&mutex_);
      if (waiting_.size() >= kMaxWaitingCalls || held_bytes_ + bytes > kMaxWaitingBytes) {
        return BusyError("too many calls wait for a position; try again");
      }
      place = {size, next_id_++};
      waiting_.emplace(place, Waiter{std::move(wake), bytes});
      held_bytes_ += bytes;
      arm = !std::exchange(armed_, true);
    }
    life.StopWaitingBy([room = weak_from_this(), place] {
      if (const auto alive = room.lock(); alive != nullptr) alive->Leave(place);
    });
    if (arm) Arm();
    // A commit between the look above and the entry into the table woke nobody here.
    if (const uint64_t reached = reached_(); reached >= size) Wake(reached);
    return absl::OkStatus();
  }

 private:
  struct Place {
    uint64_t size = 0;
    uint64_t id = 0;
    friend auto operator<=>(const Place&, const Place&) = default;  // NOLINT
  };
  struct Waiter {
    std::function<void()> wake;
    size_t bytes = 0;
  };
  static constexpr uint64_t kEverybody = ~uint64_t{0};

  void Leave(const Place& place) {
    Waiter gone;  // Destroyed without the lock: it may hold the last of a call.
    absl::MutexLock lock(&mutex_);
    const auto waiter = waiting_.find(place);
    if (waiter != waiting_.end()) gone = Take(waiter);
  }

  Waiter Take(absl::btree_map<Place, Waiter>::iterator waiter)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Waiter taken = std::move(waiter->second);
    waiting_.erase(waiter);
    held_bytes_ -= taken.bytes;
    return taken;
  }

  // Registers for the next commit.
  void Arm() {
    const uint64_t next = reached_() + 1;
    call_at_(next, [room = weak_from_this(), next] {
      if (const auto alive = room.lock(); alive != nullptr) alive->OnCommit(next);
    });
  }

  // `size` was reached; or nothing more will be, and then everybody is woken to see why.
  void OnCommit(uint64_t size) {
    const bool ended = reached_() < size;
    Wake(ended ? kEverybody : reached_());
    bool arm = false;
    {
      absl::MutexLock lock(&mutex_);
      arm = armed_ = !ended && !waiting_.empty();
    }
    if (!arm) return;
    Arm();
    Wake(reached_());  // For a commit since the look at the table.
  }

  void Wake(uint64_t reached) {
    std::vector<std::function<void()>> ready;
    {
      absl::MutexLock lock(&mutex_);
      while (!waiting_.empty() && waiting_.begin()->first.size <= reached) {
        ready.push_back(Take(waiting_.begin()).wake);
      }
    }
    for (const auto& wake : ready) wake();
  }

  const Reached reached_;
  const CallAt call_at_;
  absl::Mutex mutex_;
  absl::btree_map<Place, Waiter> waiting_ ABSL_GUARDED_BY(mutex_);
  size_t held_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // By those that wait.
  uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 0;
  bool armed_ ABSL_GUARDED_BY(mutex_) = false;  // A callback is registered.
};

ParkedCalls::ParkedCalls(Reached reached, CallAt call_at)
    : room_(std::make_shared<Room>(std::move(reached), std::move(call_at))) {}

absl::Status ParkedCalls::Wait(uint64_t size, size_t bytes, CallLife& life,
                               std::function<void()> wake) {
  return room_->Wait(size, bytes, life, std::move(wake));
}

}  // namespace bansos
