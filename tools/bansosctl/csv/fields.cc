#include "tools/bansosctl/csv/fields.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/bansosctl/csv/date_text.h"

namespace bansos {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2999;  // As the server: what it holds, a file may say.
constexpr size_t kNikDigits = 16;
constexpr size_t kSpreadsheetDigits = 15;
constexpr size_t kGroupDigits = 3;  // 1.200.000

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// REQUIRES: AllDigits(text). nullopt when it does not fit.
std::optional<int64_t> ToInt64(std::string_view digits) {
  int64_t value;
  if (!absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()), &value)) {
    return std::nullopt;
  }
  return value;
}

// 3.37402E+15, 3,37E15
bool LooksScientific(std::string_view text) {
  return !text.empty() && absl::ascii_isdigit(text[0]) &&
         text.find_first_of("eE") != std::string_view::npos &&
         text.find_first_not_of("0123456789.,eE+-") == std::string_view::npos;
}

// Digits with points between groups of three, or digits alone. Empty when it is neither.
std::string Ungroup(std::string_view text) {
  if (text.find('.') == std::string_view::npos) return std::string(AllDigits(text) ? text : "");
  std::string digits;
  for (size_t start = 0;;) {
    const size_t point = text.find('.', start);
    const std::string_view group = text.substr(start, point - start);
    const bool first = start == 0;
    if (!AllDigits(group) || group.size() > kGroupDigits) return "";
    if (!first && group.size() != kGroupDigits) return "";
    digits += group;
    if (point == std::string_view::npos) return digits;
    start = point + 1;
  }
}

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

std::string_view WithoutCurrency(std::string_view text) {
  if (text.size() >= 2 && absl::ascii_tolower(text[0]) == 'r' &&
      absl::ascii_tolower(text[1]) == 'p') {
    text = text.substr(2);
    if (!text.empty() && text.front() == '.') text.remove_prefix(1);
  }
  return TrimLeft(text);
}

}  // namespace

Parsed<absl::CivilDay> ParseDate(std::string_view text) {
  if (text.empty()) return FieldFault::kEmpty;
  if (AllDigits(text) && text.size() == 5) return FieldFault::kSpreadsheetDate;
  const std::optional<DateText> parts = SplitDate(text);
  if (!parts.has_value()) return FieldFault::kNotADate;
  const absl::CivilDay date(parts->year, parts->second, parts->first);
  // CivilDay carries 31 April over to 1 May.
  if (date.month() != parts->second || date.day() != parts->first) {
    return FieldError(FieldFault::kNotADate, "there is no such day");
  }
  if (date.year() < kYearMin || date.year() > kYearMax) return FieldFault::kDateOutOfRange;
  return date;
}

Parsed<int64_t> ParseRupiah(std::string_view text) {
  if (text.empty()) return FieldFault::kEmpty;
  if (LooksScientific(text)) return FieldFault::kSpreadsheetNumber;
  if (text.front() == '(' && text.back() == ')') return FieldFault::kNegativeAmount;
  if (text.front() == '-') return FieldFault::kNegativeAmount;
  text = WithoutCurrency(text);
  if (!text.empty() && text.front() == '-') return FieldFault::kNegativeAmount;
  const size_t comma = text.find(',');
  if (comma != std::string_view::npos) {
    const std::string_view fraction = text.substr(comma + 1);
    if (fraction != "-" && fraction != "00") {
      const bool cents = AllDigits(fraction) && fraction.size() <= 2;
      return cents ? FieldFault::kFractionOfRupiah : FieldFault::kNotAnAmount;
    }
    text = text.substr(0, comma);
  }
  const std::string digits = Ungroup(text);
  if (digits.empty()) return FieldFault::kNotAnAmount;
  const std::optional<int64_t> amount = ToInt64(digits);
  if (!amount.has_value()) return FieldFault::kAmountTooLarge;
  return *amount;
}

Parsed<std::string> ParseAreaCode(std::string_view text) {
  if (text.empty()) return FieldFault::kEmpty;
  constexpr size_t kLengths[] = {2, 2, 2, 4};  // province, kabupaten/kota, kecamatan, desa
  const bool dotted = text.find('.') != std::string_view::npos;
  std::string code;
  for (size_t level = 0; level < std::size(kLengths); ++level) {
    const std::string_view part = text.substr(0, kLengths[level]);
    if (part.size() != kLengths[level] || !AllDigits(part)) return FieldFault::kNotAnAreaCode;
    absl::StrAppend(&code, level == 0 ? "" : ".", absl::string_view(part.data(), part.size()));
    text.remove_prefix(part.size());
    if (text.empty()) return code;
    if (!dotted) continue;
    if (text.front() != '.') return FieldFault::kNotAnAreaCode;
    text.remove_prefix(1);
  }
  return FieldFault::kNotAnAreaCode;
}

Parsed<uint64_t> ParseCount(std::string_view text, uint64_t min, uint64_t max) {
  if (text.empty()) return FieldFault::kEmpty;
  if (LooksScientific(text)) return FieldFault::kSpreadsheetNumber;
  const bool negative = text.front() == '-';
  const std::string digits = Ungroup(negative ? text.substr(1) : text);
  if (digits.empty()) return FieldFault::kNotAnInteger;
  if (digits.size() >= kNikDigits) return FieldFault::kLooksLikeNik;
  const auto value = static_cast<uint64_t>(*ToInt64(digits));
  if (negative || value < min || value > max) {
    return FieldError(FieldFault::kOutOfRange, absl::StrCat(min, " to ", max));
  }
  return value;
}

Parsed<int64_t> ParseInteger(std::string_view text, int64_t min, int64_t max) {
  if (text.empty()) return FieldFault::kEmpty;
  if (LooksScientific(text)) return FieldFault::kSpreadsheetNumber;
  const bool negative = text.front() == '-';
  if (!AllDigits(negative ? text.substr(1) : text)) return FieldFault::kNotAnInteger;
  const std::optional<int64_t> value = ToInt64(text);
  if (!value.has_value() || *value < min || *value > max) {
    return FieldError(FieldFault::kOutOfRange, absl::StrCat(min, " to ", max));
  }
  return *value;
}

Parsed<std::string> ParseDigits(std::string_view text, size_t digits_min, size_t digits_max) {
  if (text.empty()) return FieldFault::kEmpty;
  if (!AllDigits(text)) {
    const bool numeric = text.find_first_not_of("0123456789.,eE+-") == std::string_view::npos;
    return numeric ? FieldFault::kSpreadsheetNumber : FieldFault::kNotDigits;
  }
  if (text.size() == kSpreadsheetDigits && digits_min == kNikDigits) {
    return FieldFault::kFifteenDigits;
  }
  if (text.size() < digits_min || text.size() > digits_max) {
    const std::string wanted = digits_min == digits_max
                                   ? absl::StrCat(digits_min)
                                   : absl::StrCat(digits_min, " to ", digits_max);
    return FieldError(FieldFault::kWrongLength, absl::StrCat(text.size(), " instead of ", wanted));
  }
  return std::string(text);
}

Parsed<size_t> ParseName(std::string_view text, std::span<const std::string_view> names) {
  if (text.empty()) return FieldFault::kEmpty;
  const absl::string_view wanted(text.data(), text.size());
  for (size_t i = 0; i < names.size(); ++i) {
    if (absl::EqualsIgnoreCase(wanted, absl::string_view(names[i].data(), names[i].size()))) {
      return i;
    }
  }
  FieldError error(FieldFault::kUnknownName);
  error.what_to_do = absl::StrCat(
      "write one of ", absl::StrJoin(names, ", ", [](std::string* out, std::string_view name) {
        out->append(name);
      }));
  return error;
}

}  // namespace bansos
