#include "ledger/sequencer/clock_guard.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace bansos {
namespace {

std::string Moment(int64_t time_us) {
  return absl::FormatTime(absl::FromUnixMicros(time_us), absl::UTCTimeZone());
}

std::string Span(int64_t us) { return absl::FormatDuration(absl::Microseconds(us)); }

constexpr char kSetItRight[] =
    "Set the clock right and start again. If the clock is right, say so on the record: "
    "--accept-clock REASON --operator ID";

}  // namespace

absl::Status CheckClock(int64_t now_us, int64_t last_time_us) {
  if (last_time_us == 0) {
    if (now_us >= kEarliestClockUs) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat("the clock says ", Moment(now_us), ": it was never set. Set it right first"));
  }
  const std::string both =
      absl::StrCat("the clock says ", Moment(now_us), ", and the log's last entry was recorded at ",
                   Moment(last_time_us));
  if (last_time_us - now_us > kMaxClockErrorUs) {
    return absl::FailedPreconditionError(absl::StrCat(
        both, ": the clock is behind, or was ahead when that was recorded. ", kSetItRight));
  }
  if (now_us - last_time_us > kMaxRestUs) {
    return absl::FailedPreconditionError(absl::StrCat(both, ": no ledger rests for more than ",
                                                      Span(kMaxRestUs), ". ", kSetItRight));
  }
  return absl::OkStatus();
}

ClockGuard::ClockGuard(Clock& clock)
    : clock_(clock), start_us_(clock.NowMicros()), start_steady_us_(clock.SteadyMicros()) {}

absl::StatusOr<int64_t> ClockGuard::Now(int64_t last_time_us) const {
  const int64_t now_us = clock_.NowMicros();
  const int64_t expected_us = start_us_ + (clock_.SteadyMicros() - start_steady_us_);
  if (std::abs(now_us - expected_us) > kMaxClockErrorUs) {
    return absl::UnavailableError(
        absl::StrCat("nothing is recorded: the server's clock says ", Moment(now_us),
                     ", and it must be ", Moment(expected_us),
                     " by the time that passed since the server started. The operator must "
                     "set it right, or start the server again; retry is safe"));
  }
  if (last_time_us != 0 && now_us - last_time_us > kMaxRestUs) {
    return absl::UnavailableError(absl::StrCat(
        "nothing is recorded: the log rested for ", Span(now_us - last_time_us), ", more than ",
        Span(kMaxRestUs), ". The operator must start the server again with --accept-clock"));
  }
  return now_us;
}

}  // namespace bansos
