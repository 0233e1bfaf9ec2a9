// ClockGuard: whether the machine's clock may say when something was recorded. A recorded time
// never goes back, so one commit under a clock that leapt ahead would fix it there for ever: such a
// commit is not made.
//
// At a start the clock is held against the log, while serving against a clock that nobody can set.
// What lies outside the bounds is accepted by an operator only, on the record: a PolicySet named
// kClockAcceptedPolicy whose value is what the clock said, in microseconds. Used by one thread.
#ifndef LEDGER_SEQUENCER_CLOCK_GUARD_H_
#define LEDGER_SEQUENCER_CLOCK_GUARD_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/clock.h"

namespace bansos {

// Machines that keep time by NTP agree within a second; five minutes (Kerberos' bound) is a clock
// that was set wrong.
inline constexpr int64_t kMaxClockErrorUs = int64_t{5} * 60 * 1'000'000;

// A ledger records something in each fiscal year; a year and a month without any entry is more
// likely a wrong clock. bansos-verify states this bound a second time.
inline constexpr int64_t kMaxRestUs = int64_t{400} * 24 * 60 * 60 * 1'000'000;

// 2025-01-01T00:00:00Z: before it there was no program that could have made a ledger.
inline constexpr int64_t kEarliestClockUs = 1'735'689'600'000'000;

inline constexpr char kClockAcceptedPolicy[] = "clock_accepted";

// Of a start. FAILED_PRECONDITION when the clock is behind the last recorded time by more than
// kMaxClockErrorUs, or ahead of it by more than kMaxRestUs; for an empty log (time 0), when it says
// a time before kEarliestClockUs.
absl::Status CheckClock(int64_t now_us, int64_t last_time_us);

class ClockGuard {
 public:
  // The clock is right now, as CheckClock or an operator says. It outlives the guard.
  explicit ClockGuard(Clock& clock);

  // What the clock says. UNAVAILABLE while it is more than kMaxClockErrorUs away from what it must
  // say by the time that passed since the start, or more than kMaxRestUs after the last recorded
  // time (0: none).
  absl::StatusOr<int64_t> Now(int64_t last_time_us) const;

 private:
  Clock& clock_;
  const int64_t start_us_;
  const int64_t start_steady_us_;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_CLOCK_GUARD_H_
