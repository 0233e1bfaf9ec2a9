#include "tools/bansosctl/csv/dialect.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr char kDelimiters[] = {';', ',', '\t'};
constexpr absl::string_view kSaveAs =
    "in Excel choose File > Save As > \"CSV UTF-8 (Comma delimited)\" and import that file";

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

absl::Status Refuse(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("the file is ", what, ": ", kSaveAs));
}

struct Signature {
  std::string_view begins;
  absl::string_view says;  // what it is and what to do
};

// Files that are no text, by their first bytes. Longer beginnings come first.
constexpr Signature kSignatures[] = {
    {"\xD0\xCF\x11\xE0", "an old Excel workbook (.xls), not CSV: "},
    {"\x1F\x8B", "compressed with gzip (.gz), not CSV: unpack it first"},
    {"%PDF-", "a PDF, not CSV: get the table that it was printed from"},
    {"Rar!", "a RAR archive, not CSV: unpack it first"},
    {"7z\xBC\xAF", "a 7-Zip archive, not CSV: unpack it first"},
    {"{\\rtf", "a word processor's document (.rtf), not CSV: get the table as a spreadsheet"},
};

// A workbook is a ZIP whose first entries say what it is.
absl::Status RefuseZip(std::string_view head) {
  if (head.find("opendocument.spreadsheet") != std::string_view::npos) {
    return Refuse("a LibreOffice spreadsheet (.ods), not CSV");
  }
  if (head.find("word/") != std::string_view::npos) return Refuse("a Word document, not CSV");
  if (head.find("xl/") != std::string_view::npos ||
      head.find("[Content_Types].xml") != std::string_view::npos) {
    return Refuse("an Excel workbook (.xlsx), not CSV");
  }
  return Refuse("an Excel workbook or a ZIP, not CSV");
}

// A web page that is called .xls, as web applications hand it out, or XML.
bool IsMarkup(std::string_view head) {
  const size_t start = head.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && head[start] == '<';
}

absl::Status CheckEncoding(std::string_view head) {
  using namespace std::string_view_literals;
  if (StartsWith(head, "PK\x03\x04"sv)) return RefuseZip(head);
  for (const Signature& signature : kSignatures) {
    if (!StartsWith(head, signature.begins)) continue;
    if (absl::EndsWith(signature.says, ": "))
      return Refuse(absl::StripSuffix(signature.says, ": "));
    return absl::InvalidArgumentError(absl::StrCat("the file is ", signature.says));
  }
  if (StartsWith(head, "\xFF\xFE"sv) || StartsWith(head, "\xFE\xFF"sv) ||
      head.find('\0') != std::string_view::npos) {
    return Refuse("in UTF-16 or another encoding with NUL bytes, not UTF-8");
  }
  if (IsMarkup(head)) return Refuse("a web page or XML, perhaps named .xls, not CSV");
  return absl::OkStatus();
}

std::string_view FirstLine(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

std::string_view SkipBlankLines(std::string_view text) {
  const size_t start = text.find_first_not_of(" \r\n");
  return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

size_t LineEndBytes(std::string_view text, size_t line_bytes) {
  if (text.substr(line_bytes, 2) == "\r\n") return 2;
  return line_bytes < text.size() ? 1 : 0;
}

// The delimiter of a line `sep=;` or `"sep=;"`; 0 when the line is no such line.
absl::StatusOr<char> SepLine(std::string_view line) {
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') {
    line = line.substr(1, line.size() - 2);
  }
  const absl::string_view text(line.data(), line.size());
  if (!absl::StartsWithIgnoreCase(text, "sep=")) return '\0';
  if (line.size() == 5) {
    for (char delimiter : kDelimiters) {
      if (line[4] == delimiter) return delimiter;
    }
  }
  return absl::InvalidArgumentError(
      "row 1: the sep= line names an unknown delimiter: use sep=; or sep=, or sep= with a TAB");
}

char CommonestDelimiter(std::string_view header) {
  size_t counts[sizeof(kDelimiters)] = {};
  bool quoted = false;
  for (char c : header) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (size_t i = 0; i < sizeof(kDelimiters); ++i) counts[i] += c == kDelimiters[i] ? 1 : 0;
  }
  const auto best = std::max_element(std::begin(counts), std::end(counts));
  return *best == 0 ? ',' : kDelimiters[best - std::begin(counts)];
}

}  // namespace

absl::StatusOr<Dialect> DetectDialect(std::string_view head) {
  RETURN_IF_ERROR(CheckEncoding(head));
  Dialect dialect;
  // Programs that add a mark to a file that has one leave two.
  while (StartsWith(head.substr(dialect.preamble_bytes), kUtf8Mark)) {
    dialect.preamble_bytes += kUtf8Mark.size();
  }
  const std::string_view text = head.substr(dialect.preamble_bytes);
  const std::string_view line = FirstLine(text);
  ASSIGN_OR_RETURN(const char sep, SepLine(line));
  if (sep == '\0') {
    dialect.delimiter = CommonestDelimiter(FirstLine(SkipBlankLines(text)));
    return dialect;
  }
  dialect.delimiter = sep;
  dialect.preamble_bytes += line.size() + LineEndBytes(text, line.size());
  dialect.preamble_lines = 1;
  return dialect;
}

}  // namespace bansos
