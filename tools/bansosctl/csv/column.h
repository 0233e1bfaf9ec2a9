// Column: one column that a file may have, as its reader states it. A plain value.
#ifndef TOOLS_BANSOSCTL_CSV_COLUMN_H_
#define TOOLS_BANSOSCTL_CSV_COLUMN_H_

#include <string>

namespace bansos {

struct Column {
  std::string name;  // lower case; the file's heading is compared trimmed and in lower case
  bool required = true;
  bool personal = false;  // values are never shown in errors
  // What the column as a whole is checked for (column_checks.h):
  bool long_numbers = false;   // NIK, KK, accounts: digits that a spreadsheet may have rounded
  bool names_the_row = false;  // NIK: the same one in many rows after another is filled down
  bool dates = false;          // one order of day and month
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_COLUMN_H_
