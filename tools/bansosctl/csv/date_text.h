// SplitDate: the parts of a date as files write it, before it is known whether there is such a day.
// Pure, thread-safe.
//
//   date     = iso | slashed
//   iso      = YYYY-MM-DD [midnight]
//   slashed  = (D | DD) s (M | MM) s YYYY [midnight]        s = "/" | "-", twice the same
//   midnight = ("T" | " ") a time of day that is 0 throughout, as a spreadsheet adds it
#ifndef TOOLS_BANSOSCTL_CSV_DATE_TEXT_H_
#define TOOLS_BANSOSCTL_CSV_DATE_TEXT_H_

#include <optional>
#include <string_view>

namespace bansos {

struct DateText {
  bool iso = false;
  int first = 0;   // slashed: what should be the day; iso: the day
  int second = 0;  // slashed: what should be the month; iso: the month
  int year = 0;
};

std::optional<DateText> SplitDate(std::string_view text);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_DATE_TEXT_H_
