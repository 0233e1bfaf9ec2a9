// Column: one column that a file may have, as its reader states it. A plain value.
#ifndef TOOLS_BANSOSCTL_CSV_COLUMN_H_
#define TOOLS_BANSOSCTL_CSV_COLUMN_H_

#include <string>

namespace bansos {

struct Column {
  std::string name;  // lower case; the file's heading is compared trimmed and in lower case
  bool required = true;
  bool personal = false;  // values are never shown in errors
  // Holds NIK or KK numbers: the file is refused when nearly all of them end in 0, because a
  // spreadsheet that keeps 15 digits has then replaced the last one.
  bool sixteen_digits = false;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_COLUMN_H_
