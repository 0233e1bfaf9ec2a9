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

}  // namespace

void AppendCsvField(std::string& out, std::string_view field, char delimiter) {
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
