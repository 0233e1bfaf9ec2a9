#include "ledger/base/clock.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace bansos {

int64_t SystemClock::NowMicros() { return absl::ToUnixMicros(absl::Now()); }

}  // namespace bansos
