// Stretches of the log as answers show them, filtered and bounded in events, bytes and entries
// looked at. Blocks on the disk, so only on workers.
#ifndef GRPC_LOG_PAGES_H_
#define GRPC_LOG_PAGES_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpc/event_filter.h"
#include "ledger/base/ids.h"
#include "ledger/log/event_log.h"

namespace bansos {

struct LogPage {
  google::protobuf::RepeatedPtrField<v1::LoggedEvent> events;
  // Forward: the position after the last entry looked at. Backward: how many entries are left, so
  // the next one is at next - 1.
  uint64_t next = 0;
};

// Upward from `from`, before `end`. DATA_LOSS when an entry cannot be read.
absl::StatusOr<LogPage> ReadLogForward(const EventLog& log, uint64_t from, uint64_t end,
                                       const EventFilter& filter, size_t max_events);

// Downward from `from` - 1.
absl::StatusOr<LogPage> ReadLogBackward(const EventLog& log, uint64_t from,
                                        const EventFilter& filter, size_t max_events);

// One entry with its decoded event. DATA_LOSS when it cannot be decoded.
absl::StatusOr<v1::LoggedEvent> ToLoggedEvent(Position position, std::string_view entry);

}  // namespace bansos

#endif  // GRPC_LOG_PAGES_H_
