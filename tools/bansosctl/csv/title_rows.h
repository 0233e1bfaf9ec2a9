// FindHeaderBelow: the row of a file's real header when titles stand above it. Pure, thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_TITLE_ROWS_H_
#define TOOLS_BANSOSCTL_CSV_TITLE_ROWS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tools/bansosctl/csv/column.h"

namespace bansos {

// The first line of `head` after its first one that holds all required columns, whatever the
// delimiter; 1-based. Looks at kCsvTitleRowsMax lines.
std::optional<uint64_t> FindHeaderBelow(std::string_view head, const std::vector<Column>& columns);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_TITLE_ROWS_H_
