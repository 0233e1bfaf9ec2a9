// Strict base64 (RFC 4648 section 4): padded, no other characters, no bits set that mean nothing,
// so that no text can be changed without changing what it says. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_BASE64_H_
#define TOOLS_BANSOS_VERIFY_NOTE_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace bansos::verify {

std::string EncodeBase64(std::string_view bytes);
// nullopt unless `text` is exactly what EncodeBase64 makes of the result.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_BASE64_H_
