// Numbers, dates and shares as Indonesian officers write them: Rp 1.110.000, 12.764, 31 Januari
// 2025. Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_FORMAT_NUMBER_H_
#define TOOLS_BANSOSCTL_FORMAT_NUMBER_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"

namespace bansos {

// 12764 -> "12.764", -5000 -> "-5.000".
std::string FormatCount(int64_t value);

// 1110000 -> "Rp 1.110.000", -1110000 -> "-Rp 1.110.000".
std::string FormatRupiah(int64_t rupiah);

// 1500 -> "1,5 s", 250 -> "0,3 s": tenths of a second, rounded half up. REQUIRES: ms >= 0.
std::string FormatSeconds(int64_t ms);

// part of whole, in tenths of a percent rounded half up: "98,5 %"; "-" when whole is 0.
// REQUIRES: 0 <= part, 0 <= whole.
std::string FormatPercent(int64_t part, int64_t whole);

// "2025-01-31", as files and the API write it.
std::string FormatDate(absl::CivilDay day);

// "31/01/2025", as Indonesian spreadsheets write it.
std::string FormatDateSlashed(absl::CivilDay day);

// "31 Januari 2025", as letters write it.
std::string FormatDateLong(absl::CivilDay day);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_FORMAT_NUMBER_H_
