#include "tools/bansosctl/import/nik_agreement.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/domain/nik.h"
#include "tools/bansosctl/csv/column_checks.h"

namespace bansos {
namespace {

// The first digit of the day: women have 40 added to it.
constexpr size_t kNikDayDigit = 6;

bool IsOfAWoman(std::string_view nik) { return nik[kNikDayDigit] >= '4'; }

}  // namespace

bool AgreesWithNik(std::string_view nik, std::string_view birth_date, v1::Sex sex) {
  if (sex != v1::SEX_UNSPECIFIED && (sex == v1::SEX_FEMALE) != IsOfAWoman(nik)) return false;
  Date date = 0;
  const std::string digits =
      absl::StrReplaceAll(absl::string_view(birth_date.data(), birth_date.size()), {{"-", ""}});
  return !absl::SimpleAtoi(digits, &date) || BirthDateAgrees(nik, date);
}

absl::Status NikAgreement::Check() const {
  const std::optional<RareRows::Count> found = differing_.Improbable();
  if (!found.has_value()) return absl::OkStatus();
  return UnlikelyFile(absl::StrCat(
      "rows ", found->first_row, " to ", found->last_row, ": the birth date or sex of ",
      found->rare, " of ", found->rows, " people is not that of their NIK, far more than in real ",
      "life: a column was sorted or filled down alone. Get the file from the source again"));
}

}  // namespace bansos
