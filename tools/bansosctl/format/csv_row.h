// AppendCsvRow: one row of CSV output (RFC 4180, LF line end), quoting only what needs it. No cell
// of it is a formula, whoever wrote its text.
#ifndef TOOLS_BANSOSCTL_FORMAT_CSV_ROW_H_
#define TOOLS_BANSOSCTL_FORMAT_CSV_ROW_H_

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace bansos {

struct CsvStyle {
  char delimiter = ',';
  std::string_view line_end = "\n";
};

// The field as it may be written: an apostrophe is put before what a spreadsheet would run (= + - @
// TAB or CR first; a plain number and ="digits" are harmless). CleanCell takes it off again.
std::string SafeCell(std::string_view field);

// Appends one field as SafeCell has it, quoted when it holds the delimiter, a quote or a line end.
void AppendCsvField(std::string& out, std::string_view field, char delimiter = ',');

void AppendCsvRow(std::string& out, std::span<const std::string> fields, CsvStyle style = {});
void AppendCsvRow(std::string& out, std::initializer_list<std::string_view> fields,
                  CsvStyle style = {});

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_FORMAT_CSV_ROW_H_
