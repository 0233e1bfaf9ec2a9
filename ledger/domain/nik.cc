#include "ledger/domain/nik.h"

#include <algorithm>

#include "ledger/base/check.h"

namespace bansos {
namespace {

// In both numbers: area at 0, date at 6 (DDMMYY), serial at 12.
int TwoDigits(std::string_view number, size_t at) {
  return (number[at] - '0') * 10 + (number[at + 1] - '0');
}

std::optional<NikFault> CheckDigits(std::string_view number) {
  if (number.find_first_of("Ee.,") != std::string_view::npos) return NikFault::kSpreadsheetDamage;
  const bool digits =
      std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number.size() != kNikDigits || !digits) return NikFault::kNotSixteenDigits;
  if (number.find_first_not_of(number[0]) == std::string_view::npos) return NikFault::kOneDigit;
  const int month = TwoDigits(number, 8);
  if (month < 1 || month > 12) return NikFault::kBadMonth;
  if (number.substr(12) == "0000") return NikFault::kBadSerial;
  return std::nullopt;
}

}  // namespace

std::optional<NikFault> CheckNik(std::string_view nik) {
  if (const auto fault = CheckDigits(nik)) return fault;
  const int day = TwoDigits(nik, 6);
  const bool real = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
  return real ? std::nullopt : std::optional(NikFault::kBadDay);
}

std::optional<NikFault> CheckKk(std::string_view kk) {
  if (const auto fault = CheckDigits(kk)) return fault;
  const int day = TwoDigits(kk, 6);
  return day >= 1 && day <= 31 ? std::nullopt : std::optional(NikFault::kBadDay);
}

std::string_view Explain(NikFault fault) {
  switch (fault) {
    case NikFault::kSpreadsheetDamage:
      return "a spreadsheet turned the number into a decimal; format the column as text and type "
             "it anew";
    case NikFault::kNotSixteenDigits:
      return "it has not exactly 16 digits; take it from the card itself";
    case NikFault::kBadDay:
      return "digits 7-8 are no day of the month; take it from the card itself";
    case NikFault::kBadMonth:
      return "digits 9-10 are no month; take it from the card itself";
    case NikFault::kBadSerial:
      return "the serial is 0000 (a spreadsheet may have rounded it); take it from the card "
             "itself";
    case NikFault::kOneDigit:
      return "it is one digit repeated; take it from the card itself";
  }
  return "";
}

bool BirthDateAgrees(std::string_view nik, Date birth_date) {
  CHECK(!CheckNik(nik));
  const int day = TwoDigits(nik, 6) % 40;
  return birth_date % 100 == day && birth_date / 100 % 100 == TwoDigits(nik, 8) &&
         birth_date / 10000 % 100 == TwoDigits(nik, 10);
}

}  // namespace bansos
