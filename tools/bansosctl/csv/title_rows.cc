#include "tools/bansosctl/csv/title_rows.h"

#include <algorithm>
#include <string>

#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/limits.h"
#include "tools/bansosctl/csv/record.h"

namespace bansos {
namespace {

bool HoldsAllRequired(std::string_view line, char delimiter, const std::vector<Column>& columns) {
  Record record;
  if (ParseRecord(line, true, delimiter, record).outcome != RecordOutcome::kRecord) return false;
  std::vector<std::string> headings;
  for (size_t i = 0; i < record.size(); ++i) headings.push_back(Heading(record.field(i)));
  const auto stands = [&](const Column& column) {
    return std::find(headings.begin(), headings.end(), column.name) != headings.end();
  };
  return std::all_of(columns.begin(), columns.end(),
                     [&](const Column& c) { return !c.required || stands(c); }) &&
         std::any_of(columns.begin(), columns.end(), stands);
}

}  // namespace

std::optional<uint64_t> FindHeaderBelow(std::string_view head, const std::vector<Column>& columns) {
  for (uint64_t row = 1; row <= kCsvTitleRowsMax && !head.empty(); ++row) {
    const size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (row == 1 || line.empty()) continue;
    for (const char delimiter : {';', ',', '\t'}) {
      if (HoldsAllRequired(line, delimiter, columns)) return row;
    }
  }
  return std::nullopt;
}

}  // namespace bansos
