// PublishedHead: the head that readers see, and who waits for it to grow. Both logs own one.
//
// Contract: the size only grows; a callback runs exactly once, at or after its size was published.
// Threads: any. Callbacks run without a lock held, so they may call the log. (std::mutex here and
// in the logs: the thread sanitizer cannot see into the abseil of Debian.)
#ifndef LEDGER_LOG_PUBLISHED_HEAD_H_
#define LEDGER_LOG_PUBLISHED_HEAD_H_

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "ledger/log/event_log.h"

namespace bansos {

class PublishedHead {
 public:
  explicit PublishedHead(const LogHead& head) : head_(head) {}

  LogHead Get() const;

  // Makes `head` visible and returns the callbacks that are now due: the caller runs them once it
  // holds no lock of its own. REQUIRES: head.size is not below the published size.
  [[nodiscard]] std::vector<std::function<void()>> Publish(const LogHead& head);

  // See EventLog::CallAtSize.
  void CallAtSize(uint64_t size, std::function<void()> callback);

 private:
  mutable std::mutex mutex_;
  LogHead head_ ABSL_GUARDED_BY(mutex_);
  std::multimap<uint64_t, std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // LEDGER_LOG_PUBLISHED_HEAD_H_
