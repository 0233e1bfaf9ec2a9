// Table: rows of text under headings, printed in aligned columns for a terminal or as CSV.
//
// The caller formats the cells; for machines use ToCsv with plain numbers. A rule (horizontal line)
// sets a sum apart from what it adds up. A value type; not thread-safe.
#ifndef TOOLS_BANSOSCTL_FORMAT_TABLE_H_
#define TOOLS_BANSOSCTL_FORMAT_TABLE_H_

#include <optional>
#include <string>
#include <vector>

namespace bansos {

enum class Align { kLeft, kRight };

struct TableColumn {
  std::string title;
  Align align = Align::kLeft;
};

class Table {
 public:
  explicit Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  // REQUIRES: as many cells as columns.
  void AddRow(std::vector<std::string> cells);
  void AddRule() { rows_.emplace_back(std::nullopt); }
  bool empty() const { return rows_.empty(); }

  // Columns two spaces apart, a line under the headings, no spaces at line ends, control characters
  // shown as '?'.
  std::string ToText() const;
  // Titles and rows as RFC 4180; rules are left out.
  std::string ToCsv() const;

 private:
  std::vector<TableColumn> columns_;
  std::vector<std::optional<std::vector<std::string>>> rows_;  // nullopt is a rule
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_FORMAT_TABLE_H_
