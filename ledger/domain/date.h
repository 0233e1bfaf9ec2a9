// Arithmetic of Date (yyyymmdd). Dates of the office are in WIB (UTC+7).
#ifndef LEDGER_DOMAIN_DATE_H_
#define LEDGER_DOMAIN_DATE_H_

#include <cstdint>

#include "ledger/domain/values.h"

namespace bansos {

// True for a real calendar date between the years kMinYear and kMaxYear.
bool IsValidDate(Date date);

// Days from `from` to `to`; negative when `to` is earlier. REQUIRES: both valid.
int64_t DaysBetween(Date from, Date to);

// REQUIRES: date valid.
Date AddDays(Date date, int64_t days);

// The date in WIB (UTC+7) at a recorded time.
Date WibDate(int64_t recorded_time_us);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_DATE_H_
