// RowError: why one row of a file was not taken, in words for whoever must correct the file.
//
// A row error never stops the file: the other rows go on. It may be printed and stored, so it holds
// no personal data: a value is shown only as ShowSafely lets it through.
#ifndef TOOLS_BANSOSCTL_CSV_ROW_ERROR_H_
#define TOOLS_BANSOSCTL_CSV_ROW_ERROR_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/bansosctl/csv/column.h"

namespace bansos {

struct RowError {
  uint64_t row = 0;                // 1-based physical line on which the row starts
  std::string column;              // empty when the whole row is meant
  std::string value_shown_safely;  // empty when it may not be shown
  std::string reason;
  std::string what_to_do;
};

// Headings of the columns that a rejects file has before those of the file it speaks of. An import
// passes over them, so that a corrected rejects file can be imported as it is; only results read
// the line.
inline constexpr std::string_view kRejectsHeadings[] = {
    "rejected_row", "rejected_column", "rejected_reason", "rejected_advice", "rejected_line"};
// `heading` in lower case.
bool IsRejectsHeading(std::string_view heading);

// The value as it may be shown: nothing of a personal column; elsewhere at most kShownBytesMax
// bytes without control characters, and never ten digits or more (a shifted row puts a NIK or an
// account number under any heading).
std::string ShowSafely(const Column& column, std::string_view value);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_ROW_ERROR_H_
