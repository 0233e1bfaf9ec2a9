#include "ledger/log/event_log.h"

#include <memory>

#include "absl/synchronization/notification.h"

namespace bansos {

bool WaitForSize(EventLog& log, uint64_t size, absl::Time deadline) {
  // Shared: after the deadline the callback still waits in the log and may run later.
  auto reached = std::make_shared<absl::Notification>();
  log.CallAtSize(size, [reached] { reached->Notify(); });
  return reached->WaitForNotificationWithDeadline(deadline);
}

}  // namespace bansos
