#include "tools/bansosctl/csv/column_checks.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/csv/date_text.h"

namespace bansos {
namespace {

constexpr absl::string_view kUnlikelyUrl = "bansosctl/unlikely-file";

// Surveys or accounts of one person that stand one behind another are fewer than these.
constexpr uint64_t kSameInARowMax = 5;

constexpr int kMonths = 12;
// Of the 365 days of a year 144 are of the 1st to the 12th.
constexpr double kLowDays = 144.0 / 365.0;

}  // namespace

absl::Status UnlikelyFile(std::string_view what) {
  absl::Status status = absl::InvalidArgumentError(absl::string_view(what.data(), what.size()));
  status.SetPayload(kUnlikelyUrl, absl::Cord());
  return status;
}

bool IsUnlikelyFile(const absl::Status& status) {
  return status.GetPayload(kUnlikelyUrl).has_value();
}

bool SeenLately::Test(std::string_view value) {
  const size_t hash = std::hash<std::string_view>()(value);
  return std::exchange(hashes_[hash % hashes_.size()], hash) == hash;
}

void RoundedNumbers::Add(uint64_t row, std::string_view value) {
  if (value.size() <= kKept || !std::all_of(value.begin(), value.end(), absl::ascii_isdigit)) {
    return;
  }
  if (seen_.Test(value)) return;
  const std::string_view beyond = value.substr(kKept);
  const bool zeros = beyond.find_first_not_of('0') == std::string_view::npos;
  by_extra_digits_[std::min(beyond.size(), std::size(by_extra_digits_)) - 1].Add(row, zeros);
}

absl::Status RoundedNumbers::Check(const std::string& column) const {
  for (size_t extra = 0; extra < std::size(by_extra_digits_); ++extra) {
    const std::optional<RareRows::Count> found = by_extra_digits_[extra].Improbable();
    if (!found.has_value()) continue;
    return UnlikelyFile(absl::StrCat(
        "column ", column, ", rows ", found->first_row, " to ", found->last_row, ": ", found->rare,
        " of ", found->rows, " numbers end in ", std::string(extra + 1, '0'),
        ": far more than chance. A spreadsheet has kept 15 digits and lost the last. Get the "
        "numbers from the source again, with the column formatted as text"));
  }
  return absl::OkStatus();
}

void FilledDown::Add(uint64_t row, std::string_view value) {
  const size_t hash = value.empty() ? 0 : std::hash<std::string_view>()(value);
  if (hash == 0 || hash != hash_) run_ = {0, row, row};
  hash_ = hash;
  if (hash == 0) return;
  ++run_.rows;
  run_.last_row = row;
  if (run_.rows > longest_.rows) longest_ = run_;
}

absl::Status FilledDown::Check(const std::string& column) const {
  if (longest_.rows <= kSameInARowMax) return absl::OkStatus();
  return UnlikelyFile(absl::StrCat("column ", column, ", rows ", longest_.first_row, " to ",
                                   longest_.last_row, ": one number ", "stands in ", longest_.rows,
                                   " rows one after another: it was filled down over others. Get ",
                                   "the numbers from the source again"));
}

void DateOrder::Add(uint64_t row, std::string_view value) {
  const std::optional<DateText> date = SplitDate(value);
  if (!date.has_value() || (date->first > kMonths && date->second > kMonths)) return;
  if (seen_.Test(value)) return;
  if (date->iso) {
    (date->first > kMonths ? iso_high_ : iso_low_).Add(row);
  } else if (date->first > kMonths) {
    day_first_.Add(row);
  } else {
    (date->second > kMonths ? month_first_ : either_).Add(row);
  }
}

absl::Status DateOrder::Check(const std::string& column) const {
  if (month_first_.count == 0) return absl::OkStatus();
  const std::string others =
      day_first_.count == 0 ? std::string("the others would be read wrongly")
                            : absl::StrCat("the day first in others (row ", day_first_.first, ")");
  return absl::InvalidArgumentError(
      absl::StrCat("column ", column, ", row ", month_first_.first,
                   ": the month stands first here (in ", month_first_.count, " different dates), ",
                   others, ": write the day first in the whole column, or all as 2025-01-31"));
}

absl::Status DateOrder::CheckForms(const std::string& column) const {
  if (iso_high_.count > 0 || either_.count > 0) return absl::OkStatus();
  const double chance = std::pow(kLowDays, static_cast<double>(iso_low_.count)) *
                        std::pow(1 - kLowDays, static_cast<double>(day_first_.count));
  if (iso_low_.count == 0 || day_first_.count == 0 || chance >= kChanceMin) {
    return absl::OkStatus();
  }
  return UnlikelyFile(absl::StrCat(
      "column ", column, ", row ", iso_low_.first, ": every date written as 2025-01-31 is of the ",
      "1st to the 12th, every other one is not (row ", day_first_.first,
      "): a spreadsheet has exchanged day and month where it could. Get the dates from the source ",
      "again, with the column formatted as text"));
}

void ColumnChecks::Add(uint64_t row, std::string_view value) {
  if (column_.long_numbers) rounded_.Add(row, value);
  if (column_.names_the_row) filled_.Add(row, value);
  if (column_.dates) order_.Add(row, value);
}

absl::Status ColumnChecks::Check() const {
  RETURN_IF_ERROR(order_.Check(column_.name));
  RETURN_IF_ERROR(rounded_.Check(column_.name));
  RETURN_IF_ERROR(filled_.Check(column_.name));
  return order_.CheckForms(column_.name);
}

}  // namespace bansos
