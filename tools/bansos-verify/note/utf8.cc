#include "tools/bansos-verify/note/utf8.h"

#include <bit>
#include <cstdint>

namespace bansos::verify {
namespace {

constexpr char32_t kMaxCodePoint = 0x10ffff;
// The smallest code point that needs this many bytes after the first.
constexpr char32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};

}  // namespace

std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const uint8_t first = static_cast<uint8_t>(text[0]);
  const int ones = std::countl_one(first);
  if (ones == 1 || ones > 4) return std::nullopt;
  const size_t more = ones == 0 ? 0 : ones - 1;
  if (text.size() <= more) return std::nullopt;
  char32_t c = first & (0xffu >> (ones + (ones > 0)));
  for (size_t i = 1; i <= more; ++i) {
    const uint8_t byte = static_cast<uint8_t>(text[i]);
    if (byte >> 6 != 0b10) return std::nullopt;
    c = c << 6 | (byte & 0x3fu);
  }
  const bool surrogate = c >= 0xd800 && c <= 0xdfff;
  if (c < kSmallest[more] || c > kMaxCodePoint || surrogate) return std::nullopt;
  text.remove_prefix(more + 1);
  return c;
}

std::optional<std::vector<char32_t>> DecodeUtf8(std::string_view text) {
  std::vector<char32_t> found;
  while (!text.empty()) {
    const std::optional<char32_t> c = TakeCodePoint(text);
    if (!c) return std::nullopt;
    found.push_back(*c);
  }
  return found;
}

bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

}  // namespace bansos::verify
