// PositionWaiters: who waits until the views have seen so many events. Nothing is lost between look
// and wait. Threads: any; callbacks run without a lock held.
#ifndef PROJECTIONS_POSITION_WAITERS_H_
#define PROJECTIONS_POSITION_WAITERS_H_

#include <cstdint>
#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

class PositionWaiters {
 public:
  // Runs `callback` once: now if `size` was published or Close was called, else when that happens.
  void CallAt(uint64_t size, std::function<void()> callback) ABSL_LOCKS_EXCLUDED(mutex_);

  // Runs what waits for at most `size`. Sizes only grow.
  void Publish(uint64_t size) ABSL_LOCKS_EXCLUDED(mutex_);

  // Nothing more will be published: runs everything.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  uint64_t published_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::multimap<uint64_t, std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // PROJECTIONS_POSITION_WAITERS_H_
