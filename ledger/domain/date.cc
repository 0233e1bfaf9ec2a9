#include "ledger/domain/date.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

constexpr int kWibOffsetSeconds = 7 * 3600;

absl::CivilDay ToCivil(Date date) {
  return absl::CivilDay(date / 10000, date / 100 % 100, date % 100);
}

Date FromCivil(absl::CivilDay day) {
  return static_cast<Date>(day.year() * 10000 + int64_t{100} * day.month() + day.day());
}

}  // namespace

bool IsValidDate(Date date) {
  const int year = date / 10000;
  if (year < kMinYear || year > kMaxYear) return false;
  return FromCivil(ToCivil(date)) == date;
}

int64_t DaysBetween(Date from, Date to) {
  CHECK(IsValidDate(from) && IsValidDate(to)) << from << ' ' << to;
  return ToCivil(to) - ToCivil(from);
}

Date AddDays(Date date, int64_t days) {
  CHECK(IsValidDate(date)) << date;
  return FromCivil(ToCivil(date) + days);
}

Date WibDate(int64_t recorded_time_us) {
  return FromCivil(absl::ToCivilDay(absl::FromUnixMicros(recorded_time_us),
                                    absl::FixedTimeZone(kWibOffsetSeconds)));
}

}  // namespace bansos
