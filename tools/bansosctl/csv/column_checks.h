// ColumnChecks: damage of a file that no row shows, only the whole of a column: numbers rounded to
// 15 digits, one number filled down, the month before the day. Fed row by row; memory does not grow
// with the file. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_COLUMN_CHECKS_H_
#define TOOLS_BANSOSCTL_CSV_COLUMN_CHECKS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/csv/column.h"
#include "tools/bansosctl/csv/rare_rows.h"

namespace bansos {

// InvalidArgument for what is not impossible, only far beyond chance: somebody may say on the
// record that the file is right all the same.
absl::Status UnlikelyFile(std::string_view what);
bool IsUnlikelyFile(const absl::Status& status);

// Values that were seen lately, so that a value which many rows share counts once: rows of one
// family, a document's date. Forgets the older ones.
class SeenLately {
 public:
  // True when `value` was seen before; it is remembered.
  bool Test(std::string_view value);

 private:
  std::array<size_t, 4096> hashes_ = {};
};

// A spreadsheet keeps 15 digits and puts 0 in place of the others. By itself a number of 16 digits
// ends in 0 once in ten, one of 17 in 00 once in a hundred, and so on.
class RoundedNumbers {
 public:
  void Add(uint64_t row, std::string_view value);
  absl::Status Check(const std::string& column) const;

 private:
  static constexpr size_t kKept = 15;
  RareRows by_extra_digits_[3] = {RareRows(0.1), RareRows(0.01), RareRows(0.001)};
  SeenLately seen_;
};

// One number in many rows after another.
class FilledDown {
 public:
  void Add(uint64_t row, std::string_view value);
  absl::Status Check(const std::string& column) const;

 private:
  struct Run {
    uint64_t rows = 0;
    uint64_t first_row = 0;
    uint64_t last_row = 0;
  };
  size_t hash_ = 0;
  Run run_;
  Run longest_;
};

// A column has one order of day and month, and it is day first where it is not YYYY-MM-DD.
class DateOrder {
 public:
  void Add(uint64_t row, std::string_view value);
  // What cannot be right.
  absl::Status Check(const std::string& column) const;
  // Days above 12 only in one form and all others only in the other: a spreadsheet of another
  // country has exchanged day and month wherever it could.
  absl::Status CheckForms(const std::string& column) const;

 private:
  struct Rows {
    uint64_t count = 0;
    uint64_t first = 0;
    void Add(uint64_t row) {
      if (count++ == 0) first = row;
    }
  };
  Rows day_first_;    // the first number is above 12
  Rows month_first_;  // the second is
  Rows either_;       // neither is: both orders can be meant
  Rows iso_low_;      // day 12 or lower
  Rows iso_high_;
  SeenLately seen_;
};

class ColumnChecks {
 public:
  explicit ColumnChecks(const Column& column) : column_(column) {}
  static bool Wanted(const Column& column) {
    return column.long_numbers || column.names_the_row || column.dates;
  }
  void Add(uint64_t row, std::string_view value);
  absl::Status Check() const;

 private:
  const Column& column_;
  RoundedNumbers rounded_;
  FilledDown filled_;
  DateOrder order_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_COLUMN_CHECKS_H_
