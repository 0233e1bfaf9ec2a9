#include "tools/bansosctl/import/import_kind.h"

#include <algorithm>
#include <array>

namespace bansos {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Fields of the API that files call otherwise; the first column that the file has is meant.
constexpr std::array<Pair, 7> kColumnsOfFields = {{
    {"recipient", "nik"},
    {"recipient", "registration_number"},
    {"holder_name", "account_holder"},
    {"candidate_class", "class"},
    {"document", "document_number"},
    {"details", "account_number"},
    {"kind", "status"},
}};

// Refusals that name no field, because they come from the rules; each speaks of one column.
constexpr std::array<Pair, 10> kColumnsOfCodes = {{
    {"AREA_UNKNOWN", "area"},
    {"AREA_UNKNOWN", "work_area"},
    {"BAD_KK", "kk"},
    {"BAD_ACCOUNT", "account_number"},
    {"ACCOUNT_SHARED", "account_number"},
    {"PROGRAM_UNKNOWN", "program"},
    {"KIND_NOT_ALLOWED", "program"},
    {"NOT_DEAD", "lives"},
    {"DATE_IN_FUTURE", "survey_date"},
    {"DATE_IN_FUTURE", "died_on"},
}};

class FileColumns {
 public:
  FileColumns(const std::vector<ImportColumn>& columns, const CsvReader& reader)
      : columns_(columns), reader_(reader) {}

  bool Has(std::string_view name) const {
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].column.name == name) return reader_.HasColumn(i);
    }
    return false;
  }

  // The first column that stands beside `key` and that the file has.
  template <size_t kSize>
  std::string Find(const std::array<Pair, kSize>& table, std::string_view key) const {
    for (const auto& [from, column] : table) {
      if (from == key && Has(column)) return std::string(column);
    }
    return "";
  }

 private:
  const std::vector<ImportColumn>& columns_;
  const CsvReader& reader_;
};

}  // namespace

std::vector<Column> ColumnsOf(const std::vector<ImportColumn>& columns) {
  std::vector<Column> plain;
  plain.reserve(columns.size());
  for (const ImportColumn& column : columns) plain.push_back(column.column);
  return plain;
}

std::string ImportKind::ColumnOf(const v1::Refusal& refusal, const CsvReader& reader) const {
  const FileColumns file(columns(), reader);
  const std::string& field = refusal.field();
  if (field.empty()) return file.Find(kColumnsOfCodes, refusal.code());
  const size_t dot = field.rfind('.');
  std::string name = dot == std::string::npos ? field : field.substr(dot + 1);
  std::string of_document = "document_" + name;
  const bool in_document =
      dot != std::string::npos && std::string_view(field).substr(0, dot).ends_with("document");
  if (in_document && file.Has(of_document)) return of_document;
  return file.Has(name) ? name : file.Find(kColumnsOfFields, name);
}

}  // namespace bansos
