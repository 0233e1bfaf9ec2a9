// UTF-8, character by character, and the classes of characters that texts must not hold.
// Stateless.
#ifndef LEDGER_BASE_UTF8_H_
#define LEDGER_BASE_UTF8_H_

#include <optional>
#include <string_view>

namespace bansos {

// Takes the first character off `text`, which is not empty; nullopt when it does not begin with
// valid UTF-8 (no overlong forms, no surrogates).
std::optional<char32_t> TakeCharacter(std::string_view& text);

// C0, DEL and C1.
bool IsControlCharacter(char32_t character);

// White space other than control characters.
bool IsSpaceCharacter(char32_t character);

// What changes how the text around it is shown: marks, embeddings, overrides and isolates of
// writing direction, separators of lines and paragraphs, and the byte order mark.
bool IsLayoutCharacter(char32_t character);

}  // namespace bansos

#endif  // LEDGER_BASE_UTF8_H_
