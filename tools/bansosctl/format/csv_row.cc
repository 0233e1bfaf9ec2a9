#include "tools/bansosctl/format/csv_row.h"

namespace bansos {
namespace {

template <typename Fields>
void AppendRow(std::string& out, const Fields& fields, CsvStyle style) {
  bool first = true;
  for (const auto& field : fields) {
    if (!first) out.push_back(style.delimiter);
    first = false;
    AppendCsvField(out, field, style.delimiter);
  }
  out.append(style.line_end);
}

bool IsPlainNumber(std::string_view field) {
  if (field.front() == '-' || field.front() == '+') field.remove_prefix(1);
  return field.find_first_not_of("0123456789.,") == std::string_view::npos;
}

// ="3374010101600001": how people make a spreadsheet keep digits as text.
bool IsQuotedDigits(std::string_view field) {
  return field.size() >= 3 && field.substr(0, 2) == "=\"" && field.back() == '"' &&
         field.substr(2, field.size() - 3).find_first_not_of("0123456789") ==
             std::string_view::npos;
}

bool WouldRun(std::string_view field) {
  constexpr std::string_view kFirst("=+-@\t\r");
  return !field.empty() && kFirst.find(field.front()) != std::string_view::npos &&
         !IsPlainNumber(field) && !IsQuotedDigits(field);
}

}  // namespace

std::string SafeCell(std::string_view field) {
  std::string cell(WouldRun(field) ? "'" : "");
  return cell.append(field);
}

void AppendCsvField(std::string& out, std::string_view field, char delimiter) {
  const std::string safe = WouldRun(field) ? SafeCell(field) : std::string();
  if (!safe.empty()) field = safe;
  const char special[] = {delimiter, '"', '\n', '\r', '\0'};
  if (field.find_first_of(special) == std::string_view::npos) {
    out.append(field);
    return;
  }
  out.push_back('"');
  for (char c : field) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void AppendCsvRow(std::string& out, std::span<const std::string> fields, CsvStyle style) {
  AppendRow(out, fields, style);
}

void AppendCsvRow(std::string& out, std::initializer_list<std::string_view> fields,
                  CsvStyle style) {
  AppendRow(out, fields, style);
}

}  // namespace bansos
