// The coded indicators of a survey (ids 8 to 46 of tools/data/indicators-46.csv) and the values
// that a poor household of Jawa Tengah would plausibly have.
#ifndef TOOLS_BANSOSCTL_GENERATE_INDICATORS_H_
#define TOOLS_BANSOSCTL_GENERATE_INDICATORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "tools/bansosctl/generate/prng.h"

namespace bansos {

enum Indicator : size_t {
  kJenisKelamin,
  kKodeKabkota,
  kKodeKecamatan,
  kKodeDesa,
  kHubunganKk,
  kStatusKawin,
  kKeberadaan,
  kPekerjaanStatus,
  kPendidikanIjazah,
  kPadanDukcapil,
  kDesil,
  kProgramDiterima,
  kStatusBangunan,
  kBuktiLahan,
  kLuasLantaiM2,
  kJenisLantai,
  kJenisDinding,
  kJenisAtap,
  kSumberAirMinum,
  kJarakAirTinja,
  kSumberPenerangan,
  kDayaListrik,
  kBahanBakarMasak,
  kFasilitasBab,
  kJenisKloset,
  kPembuanganTinja,
  kAnakPutusSekolah,
  kBekerja,
  kLapanganUsaha,
  kUsahaSendiri,
  kStatusGizi,
  kDisabilitasBerat,
  kDepresi,
  kPerawat,
  kPenyakitKronis,
  kJaminanKesehatan,
  kAsetBergerak,
  kTernakDanLahan,
  kRekeningAktif,
  kIndicatorCount
};

// Ids as the catalogue names them, by Indicator.
extern const std::array<std::string_view, kIndicatorCount> kIndicatorIds;

// Bits of kProgramDiterima.
enum ProgramBit : int64_t {
  kBpnt = 1,
  kPkh = 2,
  kBltDanaDesa = 4,
  kElectricitySubsidy = 8,
  kRegionalAid = 16,
  kFertiliser = 32,
  kLpg = 64,
  kKabupatenBlt = 128,
};

inline constexpr int64_t kCivilServant = 5;  // of kPekerjaanStatus
inline constexpr int64_t kNotRecorded = std::numeric_limits<int64_t>::min();

using IndicatorValues = std::array<int64_t, kIndicatorCount>;

// Draws all values; those that rules look at are set afterwards by who knows the person.
IndicatorValues DrawIndicators(Prng& prng);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_INDICATORS_H_
