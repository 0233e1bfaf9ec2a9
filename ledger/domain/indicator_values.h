// What an indicator's values may be, as its catalogue states them in ranges; a single code is a
// range of one. The legal wording stands beside them in `codes`. Pure, thread-safe.
//
//   CODED, NUMBER  one range or more, rising and apart: the value is in one of them
//   BITMASK        ranges of one flag each (a power of two), rising: the value is a set of them
//   DATE           no range: the value is a calendar date, yyyymmdd
//   IDENTITY       no range: never part of an assessment
#ifndef LEDGER_DOMAIN_INDICATOR_VALUES_H_
#define LEDGER_DOMAIN_INDICATOR_VALUES_H_

#include <string>

#include "ledger/domain/ledger_root_events.h"
#include "ledger/domain/refusal.h"

namespace bansos {

// Refuses kBadNumber when the ranges are not as the table says.
Check CheckRanges(const Indicator& indicator);

// Whether an assessment may hold `value`.
bool Allows(const Indicator& indicator, int64_t value);

// The ranges for people: "1..8", "1 2 4", "a date".
std::string DescribeRanges(const Indicator& indicator);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_INDICATOR_VALUES_H_
