// The little of Unicode that signed notes and reports need. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_UTF8_H_
#define TOOLS_BANSOS_VERIFY_NOTE_UTF8_H_

#include <optional>
#include <string_view>
#include <vector>

namespace bansos::verify {

// Takes one code point off `text`, which is not empty; nullopt, and nothing taken, where it does
// not begin with valid UTF-8.
std::optional<char32_t> TakeCodePoint(std::string_view& text);

// The code points; nullopt unless the text is valid UTF-8 (no overlong forms, no surrogates).
std::optional<std::vector<char32_t>> DecodeUtf8(std::string_view text);

// What Unicode calls white space.
bool IsSpace(char32_t c);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_UTF8_H_
