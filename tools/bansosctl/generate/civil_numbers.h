// CivilNumbers: hands out NIK and KK numbers that follow the rules of the civil registry and are
// never given twice; and writes a NIK as a careless spreadsheet or clerk would. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_GENERATE_CIVIL_NUMBERS_H_
#define TOOLS_BANSOSCTL_GENERATE_CIVIL_NUMBERS_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/time/civil_time.h"
#include "tools/bansosctl/generate/places.h"
#include "tools/bansosctl/generate/prng.h"

namespace bansos {

enum class PlantedNikFault { kNone, kSpreadsheet, kWrongLength, kDayZero, kSerialZero, kOneDigit };

class CivilNumbers {
 public:
  // 6 area of first issue, DDMMYY (women: day + 40), 4 serial.
  std::string MakeNik(Prng& prng, const Place& first_issued, absl::CivilDay birth_date,
                      bool female);
  // 6 area, 6 date of recording, 4 serial.
  std::string MakeKk(Prng& prng, const Place& place);

 private:
  std::string Unique(Prng& prng, const Place& place, int day, int month, int year);

  absl::flat_hash_set<uint64_t> given_;
};

// `nik` with the fault. REQUIRES: nik is a sound NIK.
std::string DamageNik(Prng& prng, const std::string& nik, PlantedNikFault fault);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_CIVIL_NUMBERS_H_
