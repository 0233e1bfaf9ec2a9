#include "tools/bansosctl/csv/text_damage.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "tools/bansosctl/csv/utf8.h"

namespace bansos {
namespace {

constexpr TextDamage kSpreadsheetError = {
    "an error of a spreadsheet stands in place of the value",
    "mend the formula that the cell came from, or write the value itself"};
constexpr TextDamage kReplaced = {"characters of the text are lost: U+FFFD stands in their place",
                                  "take the text from the source again and save it as CSV UTF-8"};
constexpr TextDamage kDecodedTwice = {"the text was decoded wrongly and saved again",
                                      "take the text from the source again, opened as UTF-8"};
constexpr TextDamage kControl = {"a control character stands in the text",
                                 "write the text anew, without it"};

// The errors of Excel and LibreOffice, which stand alone in a cell.
constexpr std::string_view kErrors[] = {
    "#N/A",   "#NAME?",    "#REF!",         "#VALUE!", "#DIV/0!",   "#NUM!",
    "#NULL!", "#SPILL!",   "#CALC!",        "#FIELD!", "#BLOCKED!", "#CONNECT!",
    "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#ERROR!", "#NV"};

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

bool IsSpreadsheetError(std::string_view cell) {
  if (cell.empty() || (cell.front() != '#' && cell.front() != 'E')) return false;
  if (absl::StartsWith(View(cell), "Err:5")) return true;
  // A column too narrow for its value.
  if (cell.size() >= 3 && cell.find_first_not_of('#') == std::string_view::npos) return true;
  return std::any_of(std::begin(kErrors), std::end(kErrors), [&](std::string_view error) {
    return absl::EqualsIgnoreCase(View(cell), View(error));
  });
}

bool IsControl(char c) {
  return absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\t' && c != '\n' && c != '\r';
}

// The next character of UTF-8 text; `offset` goes behind it.
char32_t NextCharacter(std::string_view text, size_t& offset) {
  const auto lead = static_cast<uint8_t>(text[offset++]);
  if (lead < 0x80) return lead;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t character = lead & (0x3F >> more);
  for (int i = 0; i < more && offset < text.size(); ++i) {
    character = character << 6 | (static_cast<uint8_t>(text[offset++]) & 0x3F);
  }
  return character;
}

// The byte that Windows-1252 shows as `character`; 0 when there is none, or an ASCII one.
uint8_t ByteOf(char32_t character) {
  constexpr char32_t kWindows1252[] = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (character >= 0x80 && character <= 0xFF) return static_cast<uint8_t>(character);
  const auto* place = std::find(std::begin(kWindows1252), std::end(kWindows1252), character);
  if (place == std::end(kWindows1252)) return 0;
  return static_cast<uint8_t>(0x80 + (place - std::begin(kWindows1252)));
}

// How many bytes a character has that begins with `lead`, of those that wrong decodings bring forth
// (Latin letters, dashes and quotation marks, a byte-order mark, emoji); 0 for any other. Others
// are left out so that a text like "CAFÉ–BAR" is not taken for one.
size_t BytesOfCharacter(uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xC5) return 2;
  if (lead == 0xE2 || lead == 0xEF) return 3;
  return lead == 0xF0 ? 4 : 0;
}

// Characters that stand one behind another, seen as bytes, make up a character of UTF-8.
bool IsDecodedTwice(std::string_view cell) {
  std::string bytes;
  for (size_t offset = 0; offset < cell.size();) {
    bytes += static_cast<char>(ByteOf(NextCharacter(cell, offset)));
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    const size_t length = BytesOfCharacter(static_cast<uint8_t>(bytes[i]));
    if (length == 0 || i + length > bytes.size()) continue;
    if (!FindInvalidUtf8(std::string_view(bytes).substr(i, length)).has_value()) return true;
  }
  return false;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

std::optional<TextDamage> FindTextDamage(std::string_view cell) {
  if (IsSpreadsheetError(cell)) return kSpreadsheetError;
  if (std::any_of(cell.begin(), cell.end(), IsControl)) return kControl;
  if (IsAscii(cell)) return std::nullopt;
  if (cell.find("\xEF\xBF\xBD") != std::string_view::npos) return kReplaced;
  if (IsDecodedTwice(cell)) return kDecodedTwice;
  return std::nullopt;
}

}  // namespace bansos
