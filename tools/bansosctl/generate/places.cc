#include "tools/bansosctl/generate/places.h"

#include "absl/strings/str_format.h"

namespace bansos {
namespace {

constexpr Place kProvincePlaces[] = {
    {3301, "Cilacap", 24, 50, 4},      {3302, "Banyumas", 27, 48, 6},
    {3303, "Purbalingga", 18, 28, 10}, {3304, "Banjarnegara", 20, 30, 5},
    {3305, "Kebumen", 26, 40, 4},      {3306, "Purworejo", 16, 22, 3},
    {3307, "Wonosobo", 15, 25, 45},    {3308, "Magelang", 21, 36, 50},
    {3309, "Boyolali", 22, 28, 55},    {3310, "Klaten", 26, 34, 80},
    {3311, "Sukoharjo", 12, 20, 12},   {3312, "Wonogiri", 25, 28, 6},
    {3313, "Karanganyar", 17, 22, 14}, {3314, "Sragen", 20, 26, 6},
    {3315, "Grobogan", 19, 40, 40},    {3316, "Blora", 16, 26, 20},
    {3317, "Rembang", 14, 18, 75},     {3318, "Pati", 21, 34, 70},
    {3319, "Kudus", 9, 18, 310},       {3320, "Jepara", 16, 28, 85},
    {3321, "Demak", 14, 32, 110},      {3322, "Semarang", 13, 24, 35},
    {3323, "Temanggung", 20, 20, 150}, {3324, "Kendal", 20, 26, 120},
    {3325, "Batang", 15, 20, 12},      {3326, "Pekalongan", 19, 24, 8},
    {3327, "Pemalang", 14, 42, 10},    {3328, "Tegal", 18, 40, 8},
    {3329, "Brebes", 17, 56, 6},       {3371, "Magelang", 3, 4, 3},
    {3372, "Surakarta", 5, 12, 18},    {3373, "Salatiga", 4, 5, 10},
    {3374, "Semarang", 16, 30, 30},    {3375, "Pekalongan", 4, 8, 5},
    {3376, "Tegal", 4, 7, 4},
};

constexpr Place kOutside[] = {
    {3209, "Cirebon", 20, 0, 1},    {3404, "Sleman", 17, 0, 3}, {3471, "Yogyakarta", 14, 0, 2},
    {3522, "Bojonegoro", 20, 0, 3}, {3523, "Tuban", 20, 0, 3},
};

}  // namespace

std::span<const Place> PlacesInProvince() { return kProvincePlaces; }
std::span<const Place> PlacesOutside() { return kOutside; }

std::string DottedCode(int code) { return absl::StrFormat("%02d.%02d", code / 100, code % 100); }

}  // namespace bansos
