// The clock at a start: what is out of bounds is refused, unless an operator accepts it on the
// record (clock_guard.h). Blocks on the log; before the sequencer starts, which is the writer then.
#ifndef GRPC_CLOCK_ACCEPTANCE_H_
#define GRPC_CLOCK_ACCEPTANCE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/domain/state.h"
#include "ledger/event/codec.h"
#include "ledger/log/event_log.h"

namespace bansos {

struct ClockAcceptance {
  std::string actor;  // the operator
  std::string reason;
};

// Errors as CheckClock; FAILED_PRECONDITION also for an acceptance when the clock is in order, so
// that none is left standing in a command line. INVALID_ARGUMENT for an actor or a reason that
// cannot be recorded.
absl::Status CheckClockOf(const State& state, int64_t now_us,
                          const std::optional<ClockAcceptance>& acceptance);

// Records the acceptance, and evolves the state by it. REQUIRES: CheckClockOf allowed it; the state
// is the log's.
absl::Status RecordClockAcceptance(const ClockAcceptance& acceptance, int64_t now_us, State& state,
                                   EventLog& log);

}  // namespace bansos

#endif  // GRPC_CLOCK_ACCEPTANCE_H_
