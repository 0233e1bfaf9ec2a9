#include "ledger/log/event_log.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace bansos {

bool WaitForSize(EventLog& log, uint64_t size, absl::Time deadline) {
  struct Reached {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_true = false;
  };
  // Shared: after the deadline the callback still waits in the log and may run later.
  auto reached = std::make_shared<Reached>();
  log.CallAtSize(size, [reached] {
    std::lock_guard lock(reached->mutex);
    reached->is_true = true;
    reached->changed.notify_one();
  });
  std::unique_lock lock(reached->mutex);
  const auto is_reached = [&reached] { return reached->is_true; };
  if (deadline == absl::InfiniteFuture()) {
    reached->changed.wait(lock, is_reached);
    return true;
  }
  return reached->changed.wait_until(lock, absl::ToChronoTime(deadline), is_reached);
}

}  // namespace bansos
