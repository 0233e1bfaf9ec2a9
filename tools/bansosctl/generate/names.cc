#include "tools/bansosctl/generate/names.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bansos {
namespace {

constexpr absl::string_view kMale[] = {
    "Slamet",   "Sutrisno",  "Agus",     "Joko",    "Bambang",  "Sugeng",  "Suparman", "Wahyu",
    "Eko",      "Supriyadi", "Mulyono",  "Hartono", "Sukirman", "Parjo",   "Ngatimin", "Kasmin",
    "Sarjono",  "Tukiman",   "Wagimin",  "Ponidi",  "Jumadi",   "Daryono", "Sumardi",  "Paiman",
    "Muhammad", "Ahmad",     "Khoirul",  "Nur",     "Abdul",    "Zaenal",  "Rizki",    "Bagus",
    "Dimas",    "Teguh",     "Haryanto", "Widodo",  "Sukarno",  "Yatno",   "Rohmad",   "Kusnadi"};
constexpr absl::string_view kFemale[] = {
    "Siti",      "Sri",      "Ngatini", "Sumiyati", "Wagiyem", "Tumini",   "Painem",  "Rukini",
    "Kartini",   "Endang",   "Suparmi", "Lestari",  "Wahyuni", "Kasmirah", "Jumiati", "Partini",
    "Sulastri",  "Marsinah", "Nur",     "Dewi",     "Rina",    "Fitri",    "Aisyah",  "Khotimah",
    "Mutmainah", "Yuliana",  "Retno",   "Sukarti",  "Darmini", "Poniyem",  "Tri",     "Dwi",
    "Indah",     "Ratna",    "Umi",     "Zulaikha", "Rohmah",  "Sarinah",  "Mulyani", "Supatmi"};
constexpr absl::string_view kMaleLast[] = {
    "Santoso", "Prasetyo",  "Wibowo",     "Nugroho", "Setiawan", "Purnomo",  "Raharjo",  "Susanto",
    "Hidayat", "Kurniawan", "Utomo",      "Saputro", "Riyadi",   "Suryanto", "Handoko",  "Irawan",
    "Mustofa", "Maulana",   "Fauzi",      "Anwar",   "Budiman",  "Cahyono",  "Darmawan", "Gunawan",
    "Kuncoro", "Laksono",   "Mardiyanto", "Pambudi", "Subekti",  "Wicaksono"};
constexpr absl::string_view kFemaleLast[] = {
    "Rahayu",  "Handayani", "Lestari",    "Wulandari",  "Astuti",       "Puspitasari",
    "Aminah",  "Nurjanah",  "Fatimah",    "Kusumawati", "Setyowati",    "Utami",
    "Maryati", "Hartati",   "Purwanti",   "Widyastuti", "Susilowati",   "Ningsih",
    "Suryani", "Rochayati", "Zubaidah",   "Indrawati",  "Mulyaningsih", "Sukesi",
    "Haryati", "Kurniasih", "Yuliastuti", "Sunarti",    "Wijayanti",    "Permatasari"};
constexpr absl::string_view kVillageFirst[] = {"Karang", "Sumber", "Tegal",   "Kali",  "Wono",
                                               "Jati",   "Banjar", "Gunung",  "Sido",  "Purwo",
                                               "Kedung", "Randu",  "Tanjung", "Wates", "Ngadi"};
constexpr absl::string_view kVillageLast[] = {"sari",  "rejo",  "mulyo", "harjo",  "agung",
                                              "anyar", "wetan", "kulon", "tengah", "kerto",
                                              "asri",  "lor",   "kidul", "dadi",   "makmur"};
constexpr absl::string_view kStreets[] = {
    "Mawar",   "Melati",  "Kenanga", "Diponegoro", "Sudirman", "Pemuda", "Merdeka",   "Pahlawan",
    "Kartini", "Veteran", "Cempaka", "Anggrek",    "Raya",     "Masjid", "Balai Desa"};
constexpr absl::string_view kInstitutions[] = {"Panti Wredha", "Panti Asuhan", "Rumah Singgah",
                                               "Balai Rehabilitasi", "LKS Lansia"};
constexpr absl::string_view kInstitutionNames[] = {"Kasih Ibu", "Budi Luhur", "Harapan Kita",
                                                   "Sejahtera", "Al Hikmah",  "Dharma Bakti"};

constexpr uint64_t kOneWordPer10k = 600;  // still common among the old in Java
constexpr uint64_t kThreeWordsPer10k = 2500;

}  // namespace

std::string MakePersonName(Prng& prng, bool female) {
  const auto first = [&] { return female ? prng.Pick(kFemale) : prng.Pick(kMale); };
  std::string name(first());
  if (prng.Chance(kOneWordPer10k)) return name;
  if (prng.Chance(kThreeWordsPer10k)) absl::StrAppend(&name, " ", first());
  absl::StrAppend(&name, " ", female ? prng.Pick(kFemaleLast) : prng.Pick(kMaleLast));
  return name;
}

std::string MakeVillageName(Prng& prng) {
  const absl::string_view first = prng.Pick(kVillageFirst);
  return absl::StrCat(first, prng.Pick(kVillageLast));
}

std::string MakeAddress(Prng& prng) {
  const absl::string_view street = prng.Pick(kStreets);
  const int64_t number = prng.Between(1, 180);
  const int64_t rt = prng.Between(1, 12);
  const int64_t rw = prng.Between(1, 9);
  return absl::StrFormat("Jl. %s %d RT %02d RW %02d %s", street, number, rt, rw,
                         MakeVillageName(prng));
}

std::string MakeInstitutionName(Prng& prng) {
  const absl::string_view kind = prng.Pick(kInstitutions);
  const absl::string_view name = prng.Pick(kInstitutionNames);
  return absl::StrCat(kind, " ", name, " ", MakeVillageName(prng));
}

}  // namespace bansos
