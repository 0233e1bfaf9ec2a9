// Unsigned integers as the stored log writes them: eight bytes, big-endian. Pure functions,
// thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_BIG_ENDIAN_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_BIG_ENDIAN_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace bansos::verify {

inline constexpr size_t kU64Bytes = 8;

// nullopt unless `bytes` are eight.
inline std::optional<uint64_t> ParseU64(std::string_view bytes) {
  if (bytes.size() != kU64Bytes) return std::nullopt;
  uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_BIG_ENDIAN_H_
