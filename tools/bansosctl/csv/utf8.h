// Utf8Scanner: finds the first character of a stream that is not UTF-8 (RFC 3629: no overlong
// forms, no surrogates, nothing above U+10FFFF). Fed in pieces of any size; not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_UTF8_H_
#define TOOLS_BANSOSCTL_CSV_UTF8_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace bansos {

class Utf8Scanner {
 public:
  // Offset in the whole stream where the first character that is not UTF-8 begins, if this piece
  // shows it to be one.
  std::optional<uint64_t> Feed(std::string_view piece);
  // Where a character begins that the end of the stream cut off.
  std::optional<uint64_t> Finish() const;

 private:
  bool Accept(uint8_t byte);

  uint64_t offset_ = 0;
  uint64_t character_start_ = 0;
  int pending_ = 0;     // continuation bytes still expected
  uint8_t low_ = 0x80;  // bounds of the next continuation byte
  uint8_t high_ = 0xBF;
};

// Offset of the first bad character of a complete text.
std::optional<uint64_t> FindInvalidUtf8(std::string_view text);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_UTF8_H_
