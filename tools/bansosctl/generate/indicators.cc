#include "tools/bansosctl/generate/indicators.h"

#include <span>

namespace bansos {

const std::array<std::string_view, kIndicatorCount> kIndicatorIds = {"jenis_kelamin",
                                                                     "kode_kabkota",
                                                                     "kode_kecamatan",
                                                                     "kode_desa",
                                                                     "hubungan_kk",
                                                                     "status_kawin",
                                                                     "keberadaan",
                                                                     "pekerjaan_status",
                                                                     "pendidikan_ijazah",
                                                                     "padan_dukcapil",
                                                                     "desil",
                                                                     "program_diterima",
                                                                     "status_bangunan",
                                                                     "bukti_lahan",
                                                                     "luas_lantai_m2",
                                                                     "jenis_lantai",
                                                                     "jenis_dinding",
                                                                     "jenis_atap",
                                                                     "sumber_air_minum",
                                                                     "jarak_air_tinja",
                                                                     "sumber_penerangan",
                                                                     "daya_listrik",
                                                                     "bahan_bakar_masak",
                                                                     "fasilitas_bab",
                                                                     "jenis_kloset",
                                                                     "pembuangan_tinja",
                                                                     "anak_putus_sekolah",
                                                                     "bekerja",
                                                                     "lapangan_usaha",
                                                                     "usaha_sendiri",
                                                                     "status_gizi",
                                                                     "disabilitas_berat",
                                                                     "depresi",
                                                                     "perawat",
                                                                     "penyakit_kronis",
                                                                     "jaminan_kesehatan",
                                                                     "aset_bergerak",
                                                                     "ternak_dan_lahan",
                                                                     "rekening_aktif"};

namespace {

// A coded indicator: the weights of its codes, which count up from `first_code`.
struct CodedShape {
  Indicator indicator;
  int first_code;
  std::span<const uint16_t> weights;
};

constexpr uint16_t kHubunganKkWeights[] = {45, 25, 15, 3, 3, 6, 2, 1};
constexpr uint16_t kStatusKawinWeights[] = {15, 60, 7, 18};
constexpr uint16_t kIjazahWeights[] = {3, 32, 2, 3, 14, 2, 2, 10, 1, 1, 4, 1,
                                       1, 1,  1, 1, 1,  1, 1, 1,  1, 1, 25};
constexpr uint16_t kBangunanWeights[] = {62, 8, 10, 14, 4, 2};
constexpr uint16_t kLahanWeights[] = {30, 12, 25, 15, 12, 6};
constexpr uint16_t kLantaiWeights[] = {1, 12, 4, 18, 4, 2, 34, 22, 3};
constexpr uint16_t kDindingWeights[] = {52, 6, 20, 8, 8, 4, 2};
constexpr uint16_t kAtapWeights[] = {4, 70, 12, 5, 3, 2, 2, 2};
constexpr uint16_t kAirWeights[] = {2, 14, 20, 3, 25, 16, 4, 10, 3, 1, 1, 1, 0};
constexpr uint16_t kJarakWeights[] = {35, 50, 15};
constexpr uint16_t kPeneranganWeights[] = {88, 9, 2, 1};
constexpr uint16_t kDayaWeights[] = {58, 32, 7, 2, 1};
constexpr uint16_t kMasakWeights[] = {1, 2, 74, 2, 1, 1, 1, 0, 1, 16, 1, 0};
constexpr uint16_t kBabWeights[] = {66, 12, 8, 6, 5, 3};
constexpr uint16_t kKlosetWeights[] = {78, 12, 7, 3};
constexpr uint16_t kTinjaWeights[] = {64, 8, 10, 9, 7, 2};
constexpr uint16_t kPutusSekolahWeights[] = {88, 9, 2, 1};
constexpr uint16_t kUsahaSendiriWeights[] = {80, 14, 4, 1, 1, 0};
constexpr uint16_t kGiziWeights[] = {93, 3, 4};
constexpr uint16_t kDepresiWeights[] = {68, 22, 8, 2};
constexpr uint16_t kRekeningWeights[] = {40, 60};

constexpr CodedShape kShapes[] = {
    {kHubunganKk, 1, kHubunganKkWeights},
    {kStatusKawin, 1, kStatusKawinWeights},
    {kPendidikanIjazah, 1, kIjazahWeights},
    {kStatusBangunan, 1, kBangunanWeights},
    {kBuktiLahan, 1, kLahanWeights},
    {kJenisLantai, 1, kLantaiWeights},
    {kJenisDinding, 1, kDindingWeights},
    {kJenisAtap, 1, kAtapWeights},
    {kSumberAirMinum, 1, kAirWeights},
    {kJarakAirTinja, 1, kJarakWeights},
    {kSumberPenerangan, 1, kPeneranganWeights},
    {kDayaListrik, 1, kDayaWeights},
    {kBahanBakarMasak, 1, kMasakWeights},
    {kFasilitasBab, 1, kBabWeights},
    {kJenisKloset, 1, kKlosetWeights},
    {kPembuanganTinja, 1, kTinjaWeights},
    {kAnakPutusSekolah, 0, kPutusSekolahWeights},
    {kUsahaSendiri, 0, kUsahaSendiriWeights},
    {kStatusGizi, 0, kGiziWeights},
    {kDepresi, 1, kDepresiWeights},
    {kRekeningAktif, 0, kRekeningWeights},
};

constexpr int64_t kPresent = 1;  // of kKeberadaan
constexpr int64_t kFloorM2Min = 9;
constexpr int64_t kFloorM2Max = 110;
constexpr int64_t kHealthInsurance[] = {0, 1, 1, 1, 2, 4, 8};

int64_t DrawBits(Prng& prng, std::initializer_list<std::pair<int64_t, uint64_t>> bits_per_10k) {
  int64_t value = 0;
  for (const auto& [bit, per_10k] : bits_per_10k) {
    if (prng.Chance(per_10k)) value |= bit;
  }
  return value;
}

}  // namespace

IndicatorValues DrawIndicators(Prng& prng) {
  IndicatorValues values = {};
  for (const CodedShape& shape : kShapes) {
    values[shape.indicator] =
        shape.first_code + static_cast<int64_t>(prng.PickWeighted(shape.weights));
  }
  values[kKeberadaan] = kPresent;
  values[kLuasLantaiM2] = prng.Between(kFloorM2Min, kFloorM2Max);
  values[kJaminanKesehatan] = prng.Pick(kHealthInsurance);
  values[kAsetBergerak] =
      DrawBits(prng, {{1, 6200}, {2, 40}, {4, 4500}, {8, 300}, {16, 150}, {32, 60}});
  values[kTernakDanLahan] = DrawBits(prng, {{1, 500}, {2, 2500}, {4, 300}, {8, 100}});
  return values;
}

}  // namespace bansos
