#include "tools/bansos-verify/program/shown_text.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/note/utf8.h"

namespace bansos::verify {
namespace {

// Characters that move or hide what a terminal shows beside them; none is beyond U+FFFF.
bool IsControl(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

uint32_t Number(char32_t c) { return c; }

}  // namespace

std::string ShownText(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::string_view before = text;
    const std::optional<char32_t> c = TakeCodePoint(text);
    if (!c) {
      const auto byte = static_cast<uint8_t>(text.front());
      absl::StrAppend(&shown, "\\x", absl::Hex(byte, absl::kZeroPad2));
      text.remove_prefix(1);
    } else if (IsControl(*c)) {
      absl::StrAppend(&shown, "\\u{", absl::Hex(Number(*c)), "}");
    } else {
      shown += before.substr(0, before.size() - text.size());
    }
  }
  return shown;
}

std::string ShownJson(std::string_view json) {
  std::string shown;
  while (!json.empty()) {
    const std::string_view before = json;
    const std::optional<char32_t> c = TakeCodePoint(json);
    if (!c) {
      shown += "\\ufffd";
      json.remove_prefix(1);
    } else if (IsControl(*c) && *c != '\n') {
      absl::StrAppend(&shown, "\\u", absl::Hex(Number(*c), absl::kZeroPad4));
    } else {
      shown += before.substr(0, before.size() - json.size());
    }
  }
  return shown;
}

}  // namespace bansos::verify
