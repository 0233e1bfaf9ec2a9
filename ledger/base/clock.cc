#include "ledger/base/clock.h"

#include <time.h>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "ledger/base/check.h"

namespace bansos {

int64_t SystemClock::NowMicros() { return absl::ToUnixMicros(absl::Now()); }

int64_t SystemClock::SteadyMicros() {
  timespec now{};
  CHECK(clock_gettime(CLOCK_BOOTTIME, &now) == 0);
  return int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace bansos
