#include "tools/bansosctl/format/display_width.h"

#include <cstdint>

namespace bansos {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

constexpr Range kZeroWidth[] = {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200F},
                                {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
constexpr Range kDoubleWidth[] = {{0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                                  {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                  {0xFF00, 0xFF60}, {0x1F300, 0x1F64F}, {0x20000, 0x3FFFD}};

template <size_t N>
bool In(const Range (&ranges)[N], uint32_t c) {
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

// Decodes the character at the front; a bad byte is taken as a character of its own.
uint32_t TakeCharacter(std::string_view& text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
  bool valid = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4 && length <= text.size());
  for (size_t i = 1; valid && i < length; ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    valid = (byte & 0xC0) == 0x80;
    c = (c << 6) | (byte & 0x3F);
  }
  text.remove_prefix(valid ? length : 1);
  return valid ? c : '?';
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const uint32_t c = TakeCharacter(text);
    if (In(kZeroWidth, c)) continue;
    width += In(kDoubleWidth, c) ? 2 : 1;
  }
  return width;
}

}  // namespace bansos
