#include "tools/bansosctl/generate/civil_numbers.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

constexpr int kDayOffsetOfWomen = 40;
constexpr int kSerialMax = 9999;
constexpr size_t kDayOffset = 6;  // where DDMMYY starts
constexpr size_t kSerialOffset = 12;

}  // namespace

std::string CivilNumbers::Unique(Prng& prng, const Place& place, int day, int month, int year) {
  while (true) {
    const int kecamatan = static_cast<int>(prng.Between(1, place.kecamatan_count));
    // Most districts issue few numbers a day: low serials are by far the commonest.
    const int serial_last = prng.Chance(9000) ? 20 : kSerialMax;
    const int serial = static_cast<int>(prng.Between(1, serial_last));
    std::string number = absl::StrFormat("%04d%02d%02d%02d%02d%04d", place.code, kecamatan, day,
                                         month, year % 100, serial);
    uint64_t value = 0;
    CHECK(absl::SimpleAtoi(number, &value)) << "numbers are digits";
    if (given_.insert(value).second) return number;
  }
}

std::string CivilNumbers::MakeNik(Prng& prng, const Place& first_issued, absl::CivilDay birth_date,
                                  bool female) {
  const int day = birth_date.day() + (female ? kDayOffsetOfWomen : 0);
  return Unique(prng, first_issued, day, birth_date.month(), static_cast<int>(birth_date.year()));
}

std::string CivilNumbers::MakeKk(Prng& prng, const Place& place) {
  const int year = static_cast<int>(prng.Between(2006, 2023));
  const int month = static_cast<int>(prng.Between(1, 12));
  return Unique(prng, place, static_cast<int>(prng.Between(1, 28)), month, year);
}

std::string DamageNik(Prng& prng, const std::string& nik, PlantedNikFault fault) {
  std::string damaged = nik;
  switch (fault) {
    case PlantedNikFault::kNone:
      break;
    case PlantedNikFault::kSpreadsheet: {
      const char* const point = prng.Chance(6000) ? "," : ".";
      return absl::StrCat(nik.substr(0, 1), point, nik.substr(1, 5), "E+15");
    }
    case PlantedNikFault::kWrongLength:
      return prng.Chance(6000) ? nik.substr(0, 15) : absl::StrCat(nik, prng.Below(10));
    case PlantedNikFault::kDayZero:
      damaged.replace(kDayOffset, 2, "00");
      break;
    case PlantedNikFault::kSerialZero:
      damaged.replace(kSerialOffset, 4, "0000");
      break;
    case PlantedNikFault::kOneDigit:
      damaged.assign(nik.size(), static_cast<char>('1' + prng.Below(9)));
      break;
  }
  return damaged;
}

}  // namespace bansos
