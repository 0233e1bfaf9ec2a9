#include "tools/bansosctl/csv/date_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace bansos {
namespace {

constexpr size_t kIsoBytes = 10;  // YYYY-MM-DD
constexpr size_t kYearBytes = 4;

// nullopt unless it is all digits and `min` to `max` of them.
std::optional<int> SmallNumber(std::string_view text, size_t min, size_t max) {
  if (text.size() < min || text.size() > max) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// Takes off a time of day that is midnight; false when another one stands there.
bool DropMidnight(std::string_view& text) {
  const size_t mark = text.find_first_of("T ");
  if (mark == std::string_view::npos) return true;
  constexpr std::string_view kMidnights[] = {"0:00", "00:00", "0:00:00", "00:00:00",
                                             "00:00:00.000"};
  const std::string_view time = text.substr(mark + 1);
  text = text.substr(0, mark);
  return std::find(std::begin(kMidnights), std::end(kMidnights), time) != std::end(kMidnights);
}

std::optional<DateText> Of(bool iso, std::optional<int> first, std::optional<int> second,
                           std::optional<int> year) {
  if (!first || !second || !year) return std::nullopt;
  return DateText{iso, *first, *second, *year};
}

}  // namespace

std::optional<DateText> SplitDate(std::string_view text) {
  if (!DropMidnight(text)) return std::nullopt;
  if (text.size() == kIsoBytes && text[4] == '-' && text[7] == '-') {
    return Of(true, SmallNumber(text.substr(8), 2, 2), SmallNumber(text.substr(5, 2), 2, 2),
              SmallNumber(text.substr(0, 4), kYearBytes, kYearBytes));
  }
  const size_t one = text.find_first_of("/-");
  if (one == std::string_view::npos) return std::nullopt;
  const size_t two = text.find(text[one], one + 1);
  if (two == std::string_view::npos) return std::nullopt;
  return Of(false, SmallNumber(text.substr(0, one), 1, 2),
            SmallNumber(text.substr(one + 1, two - one - 1), 1, 2),
            SmallNumber(text.substr(two + 1), kYearBytes, kYearBytes));
}

}  // namespace bansos
