// The 35 kabupaten and kota of Jawa Tengah by Kemendagri code, with how many candidates each puts
// forward: cigarette factories and tobacco fields are where the BLT weights are, the poor live
// everywhere. Beside them some neighbours outside the province, where workers of its factories
// live.
#ifndef TOOLS_BANSOSCTL_GENERATE_PLACES_H_
#define TOOLS_BANSOSCTL_GENERATE_PLACES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bansos {

struct Place {
  int code;  // 3319 is 33.19
  std::string_view name;
  int kecamatan_count;  // numbered from 01 without gaps
  uint16_t kjs_weight;
  uint16_t blt_weight;
};

std::span<const Place> PlacesInProvince();
std::span<const Place> PlacesOutside();

// 3319 -> "33.19".
std::string DottedCode(int code);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_PLACES_H_
