// CheckFile: the checks of a whole CSV file before its first row is taken, whatever its length.
#ifndef TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_
#define TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_

#include <vector>

#include "absl/status/status.h"
#include "tools/bansosctl/csv/column.h"
#include "tools/bansosctl/csv/stable_file.h"

namespace bansos {

// What to do with a file that is improbable but not impossible (IsUnlikelyFile).
enum class Unlikely { kRefused, kAccepted };

// InvalidArgument naming what is wrong and where: what is no CSV in UTF-8 (row and byte), a header
// that does not fit (and the titles above one that does), damage that a whole column shows.
absl::Status CheckFile(StableFile& file, const std::vector<Column>& columns, Unlikely unlikely);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_FILE_CHECK_H_
