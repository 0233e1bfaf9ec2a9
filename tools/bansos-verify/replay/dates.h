// Dates as the events write them: integers yyyymmdd. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_DATES_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_DATES_H_

#include <cstdint>

namespace bansos::replay {

// The last microsecond that still has a four-digit year in WIB: 9999-12-31T16:59:59.999999Z.
inline constexpr int64_t kLastRecordedTimeUs = 253402275599999999;

// True when `date` is yyyymmdd of a day of the Gregorian calendar, years 1 to 9999.
bool IsCalendarDate(int32_t date);

// The date in WIB (UTC+7) of a time in microseconds since 1970-01-01T00:00:00Z.
// REQUIRES: 0 <= time_us <= kLastRecordedTimeUs.
int32_t WibDate(int64_t time_us);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_DATES_H_
