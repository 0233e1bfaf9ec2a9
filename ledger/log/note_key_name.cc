#include "ledger/log/note_key_name.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

// Origins are short names of places; this keeps a checkpoint and its messages short.
constexpr size_t kMaxNameBytes = 255;

constexpr uint32_t kNoCharacter = 0xFFFFFFFF;

// Takes the first character off `text`; kNoCharacter when it is not UTF-8.
uint32_t TakeCharacter(std::string_view& text) {
  const auto first = static_cast<uint8_t>(text.front());
  const size_t length = first < 0x80             ? 1
                        : (first & 0xE0) == 0xC0 ? 2
                        : (first & 0xF0) == 0xE0 ? 3
                        : (first & 0xF8) == 0xF0 ? 4
                                                 : 0;
  if (length == 0 || text.size() < length) return kNoCharacter;
  uint32_t character = length == 1 ? first : first & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<uint8_t>(text[i]);
    if ((next & 0xC0) != 0x80) return kNoCharacter;
    character = character << 6 | (next & 0x3Fu);
  }
  text.remove_prefix(length);
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < kSmallest[length] || character > 0x10FFFF || surrogate) return kNoCharacter;
  return character;
}

bool IsControl(uint32_t character) {
  return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

bool IsSpace(uint32_t character) {
  return character == ' ' || character == 0xA0 || character == 0x1680 ||
         (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
         character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

// Why not, or nullptr.
const char* WhyNot(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (name.size() > kMaxNameBytes) return "it is longer than 255 bytes";
  while (!name.empty()) {
    const uint32_t character = TakeCharacter(name);
    if (character == kNoCharacter) return "it is not UTF-8";
    if (IsControl(character)) return "it has a control character";
    if (IsSpace(character)) return "it has a space";
    if (character == '+') return "it has a '+'";
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
