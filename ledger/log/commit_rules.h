// What every implementation of EventLog asks of a commit before it writes anything, and of a
// position before it reads.
#ifndef LEDGER_LOG_COMMIT_RULES_H_
#define LEDGER_LOG_COMMIT_RULES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "ledger/log/event_log.h"

namespace bansos {

// ABORTED or INVALID_ARGUMENT as EventLog::Append says; OK when the commit may be written at
// `head`.
absl::Status CheckCommit(const LogHead& head, uint64_t expected_size, int64_t time_us,
                         absl::Span<const std::string> entries);

// OUT_OF_RANGE unless the log holds `position`.
absl::Status CheckPosition(const LogHead& head, Position position);

}  // namespace bansos

#endif  // LEDGER_LOG_COMMIT_RULES_H_
