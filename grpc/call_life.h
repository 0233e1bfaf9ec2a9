// CallLife: whether a call is still wanted. It ends when the call is answered, cancelled, or past
// its deadline; what waits on behalf of the call says how to stop waiting then.
// Thread-safe; shared by the reactor and everything that works for it.
#ifndef GRPC_CALL_LIFE_H_
#define GRPC_CALL_LIFE_H_

#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace bansos {

class CallLife {
 public:
  bool over() const {
    absl::MutexLock lock(&mutex_);
    return over_;
  }

  // Runs `stop` when the call ends: at once when it has ended. A call waits for one thing at a
  // time, so this replaces what an earlier wait left.
  void StopWaitingBy(std::function<void()> stop) {
    {
      absl::MutexLock lock(&mutex_);
      if (!over_) {
        stop.swap(stop_waiting_);
        return;
      }
    }
    stop();
  }

  // True for the first caller, who is the one to finish the reactor.
  bool End() {
    std::function<void()> stop;
    {
      absl::MutexLock lock(&mutex_);
      if (over_) return false;
      over_ = true;
      stop.swap(stop_waiting_);
    }
    if (stop) stop();
    return true;
  }

 private:
  mutable absl::Mutex mutex_;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  std::function<void()> stop_waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // GRPC_CALL_LIFE_H_
