#include "tools/bansosctl/csv/utf8.h"

#include <cstring>

namespace bansos {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080u;

// Length of the ASCII prefix, rounded down to a multiple of eight.
size_t AsciiPrefix(std::string_view bytes) {
  size_t i = 0;
  for (; i + sizeof(uint64_t) <= bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof(word));
    if ((word & kHighBits) != 0) break;
  }
  return i;
}

}  // namespace

bool Utf8Scanner::Accept(uint8_t byte) {
  if (pending_ > 0) {
    if (byte < low_ || byte > high_) return false;
    low_ = 0x80;
    high_ = 0xBF;
    --pending_;
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  pending_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  // The second byte is what rules out overlong forms, surrogates and values above U+10FFFF.
  if (byte == 0xE0) low_ = 0xA0;
  if (byte == 0xED) high_ = 0x9F;
  if (byte == 0xF0) low_ = 0x90;
  if (byte == 0xF4) high_ = 0x8F;
  return true;
}

std::optional<uint64_t> Utf8Scanner::Feed(std::string_view piece) {
  size_t i = 0;
  while (i < piece.size()) {
    if (pending_ == 0) {
      i += AsciiPrefix(piece.substr(i));
      if (i == piece.size()) break;
      character_start_ = offset_ + i;
    }
    if (!Accept(static_cast<uint8_t>(piece[i]))) return character_start_;
    ++i;
  }
  offset_ += piece.size();
  return std::nullopt;
}

std::optional<uint64_t> Utf8Scanner::Finish() const {
  if (pending_ == 0) return std::nullopt;
  return character_start_;
}

std::optional<uint64_t> FindInvalidUtf8(std::string_view text) {
  Utf8Scanner scanner;
  if (std::optional<uint64_t> bad = scanner.Feed(text); bad.has_value()) return bad;
  return scanner.Finish();
}

}  // namespace bansos
