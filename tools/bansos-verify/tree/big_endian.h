// Unsigned integers as log, digests and vault write them: big-endian. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_TREE_BIG_ENDIAN_H_
#define TOOLS_BANSOS_VERIFY_TREE_BIG_ENDIAN_H_

#include <cstdint>
#include <optional>
#include <string>
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

inline void AppendU32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

inline void AppendU64(std::string& out, uint64_t value) {
  AppendU32(out, static_cast<uint32_t>(value >> 32));
  AppendU32(out, static_cast<uint32_t>(value));
}

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_TREE_BIG_ENDIAN_H_
