#include "ledger/log/note_key_name.h"

#include <cstddef>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/utf8.h"

namespace bansos {
namespace {

// Origins are short names of places; this keeps a checkpoint and its messages short.
constexpr size_t kMaxNameBytes = 255;

// Why not, or nullptr.
const char* WhyNot(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (name.size() > kMaxNameBytes) return "it is longer than 255 bytes";
  while (!name.empty()) {
    const std::optional<char32_t> character = TakeCharacter(name);
    if (!character.has_value()) return "it is not UTF-8";
    if (IsControlCharacter(*character)) return "it has a control character";
    if (IsSpaceCharacter(*character)) return "it has a space";
    if (*character == '+') return "it has a '+'";
  }
  return nullptr;
}

}  // namespace

absl::Status CheckNoteKeyName(std::string_view name) {
  const char* const why = WhyNot(name);
  if (why == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("\"", absl::CHexEscape({name.data(), name.size()}),
                   "\" cannot be the name of a key and the origin of checkpoints: ", why,
                   "; state one with --checkpoint-origin"));
}

}  // namespace bansos
