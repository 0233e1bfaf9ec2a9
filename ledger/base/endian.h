// Big-endian integers in keys, digests and bundles: keys sort as numbers, formats read the same
// anywhere.
#ifndef LEDGER_BASE_ENDIAN_H_
#define LEDGER_BASE_ENDIAN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace bansos {

inline void AppendU16(std::string& out, uint16_t value) {
  out.push_back(static_cast<char>(value >> 8));
  out.push_back(static_cast<char>(value));
}

inline void AppendU32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

inline void AppendU64(std::string& out, uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

// REQUIRES: bytes.size() >= sizeof(Int). Reads the first sizeof(Int) bytes.
template <typename Int>
Int LoadBigEndian(std::string_view bytes) {
  Int value = 0;
  for (size_t i = 0; i < sizeof(Int); ++i) {
    value = static_cast<Int>((value << 8) | static_cast<uint8_t>(bytes[i]));
  }
  return value;
}

}  // namespace bansos

#endif  // LEDGER_BASE_ENDIAN_H_
