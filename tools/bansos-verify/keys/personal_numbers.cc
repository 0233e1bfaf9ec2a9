#include "tools/bansos-verify/keys/personal_numbers.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace bansos::verify {
namespace {

using replay::kAllowed;

constexpr size_t kDigits = 16;
constexpr size_t kDayAt = 6;
constexpr size_t kMonthAt = 8;
constexpr size_t kSerialAt = 12;
constexpr int kAddedForWomen = 40;

int TwoDigits(std::string_view number, size_t at) {
  return 10 * (number[at] - '0') + (number[at + 1] - '0');
}

bool IsDay(int day) { return day >= 1 && day <= 31; }

// All but the day.
replay::Verdict CheckDigits(std::string_view number, const char* rule, const char* what) {
  FAULT_UNLESS(number.size() == kDigits && std::ranges::all_of(number, absl::ascii_isdigit), rule,
               what, " has not exactly 16 digits");
  FAULT_UNLESS(number.find_first_not_of(number[0]) != std::string_view::npos, rule, what,
               " is one digit repeated");
  const int month = TwoDigits(number, kMonthAt);
  FAULT_UNLESS(month >= 1 && month <= 12, rule, what, " names no month");
  FAULT_UNLESS(number.substr(kSerialAt) != "0000", rule, what, " has the serial 0000");
  return kAllowed;
}

std::string LettersAndDigits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (absl::ascii_isalnum(c)) kept.push_back(absl::ascii_toupper(c));
  }
  return kept;
}

}  // namespace

replay::Verdict CheckNik(std::string_view nik) {
  RETURN_IF_FAULT(CheckDigits(nik, "kBadNik", "the NIK"));
  const int day = TwoDigits(nik, kDayAt);
  FAULT_UNLESS(IsDay(day) || IsDay(day - kAddedForWomen), "kBadNik", "the NIK names no day");
  return kAllowed;
}

replay::Verdict CheckKk(std::string_view kk) {
  RETURN_IF_FAULT(CheckDigits(kk, "kBadKk", "the number of the family card"));
  FAULT_UNLESS(IsDay(TwoDigits(kk, kDayAt)), "kBadKk",
               "the number of the family card names no day");
  return kAllowed;
}

std::string AccountValue(std::string_view bank, std::string_view account_number) {
  return LettersAndDigits(bank) + "/" + LettersAndDigits(account_number);
}

}  // namespace bansos::verify
