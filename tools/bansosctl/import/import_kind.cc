#include "tools/bansosctl/import/import_kind.h"

#include <algorithm>
#include <array>

namespace bansos {
namespace {

// Fields of the API that files call otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOtherNames = {{
    {"holder_name", "account_holder"},
    {"candidate_class", "class"},
    {"document", "document_number"},
    {"details", "account_number"},
}};

bool HasColumn(const std::vector<ImportColumn>& columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const ImportColumn& column) { return column.column.name == name; });
}

}  // namespace

std::vector<Column> ColumnsOf(const std::vector<ImportColumn>& columns) {
  std::vector<Column> plain;
  plain.reserve(columns.size());
  for (const ImportColumn& column : columns) plain.push_back(column.column);
  return plain;
}

std::string ImportKind::ColumnOf(std::string_view field) const {
  const size_t dot = field.rfind('.');
  std::string_view name = dot == std::string_view::npos ? field : field.substr(dot + 1);
  if (dot != std::string_view::npos && field.substr(0, dot).ends_with("document")) {
    const std::string of_document = "document_" + std::string(name);
    return HasColumn(columns(), of_document) ? of_document : "";
  }
  for (const auto& [of_api, of_file] : kOtherNames) {
    if (name == of_api) name = of_file;
  }
  return HasColumn(columns(), name) ? std::string(name) : "";
}

}  // namespace bansos
