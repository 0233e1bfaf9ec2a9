#include "tools/bansosctl/format/table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "ledger/base/check.h"
#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/format/display_width.h"

namespace bansos {
namespace {

constexpr std::string_view kGap = "  ";

// A cell may hold what a stranger wrote: no escape sequence reaches the terminal.
std::string Printable(std::string text) {
  for (char& c : text) {
    if (absl::ascii_iscntrl(c)) c = '?';
  }
  return text;
}

void AppendLine(std::string& out, const std::vector<std::string>& cells,
                const std::vector<TableColumn>& columns, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) line += kGap;
    const std::string pad(widths[i] - DisplayWidth(cells[i]), ' ');
    line += columns[i].align == Align::kRight ? pad + cells[i] : cells[i] + pad;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

void AppendRuleLine(std::string& out, const std::vector<size_t>& widths) {
  for (size_t i = 0; i < widths.size(); ++i) {
    if (i != 0) out += kGap;
    out.append(widths[i], '-');
  }
  out += "\n";
}

}  // namespace

void Table::AddRow(std::vector<std::string> cells) {
  CHECK(cells.size() == columns_.size());
  std::transform(cells.begin(), cells.end(), cells.begin(), Printable);
  rows_.emplace_back(std::move(cells));
}

std::string Table::ToText() const {
  std::vector<std::string> titles;
  std::vector<size_t> widths;
  for (const TableColumn& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(DisplayWidth(column.title));
  }
  for (const auto& row : rows_) {
    for (size_t i = 0; row.has_value() && i < row->size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth((*row)[i]));
    }
  }
  std::string out;
  AppendLine(out, titles, columns_, widths);
  AppendRuleLine(out, widths);
  for (const auto& row : rows_) {
    if (row.has_value()) {
      AppendLine(out, *row, columns_, widths);
    } else {
      AppendRuleLine(out, widths);
    }
  }
  return out;
}

std::string Table::ToCsv() const {
  std::vector<std::string> titles;
  for (const TableColumn& column : columns_) titles.push_back(column.title);
  std::string out;
  AppendCsvRow(out, titles);
  for (const auto& row : rows_) {
    if (row.has_value()) AppendCsvRow(out, *row);
  }
  return out;
}

}  // namespace bansos
