// Checks of a whole CSV file before its first row is taken. Pipes pass: they can be read only once.
#ifndef TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_
#define TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/csv/column.h"

namespace bansos {

// InvalidArgument naming row and byte where `path` stops being UTF-8.
absl::Status CheckEncodingOfFile(const std::string& path);

// InvalidArgument when, in a column of sixteen_digits, nearly all numbers end in 0: a spreadsheet
// has kept 15 digits. Looks at the first kCsvSampleRows rows. Errors of the header are left to the
// reader.
absl::Status CheckDigitsOfFile(const std::string& path, const std::vector<Column>& columns);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_
