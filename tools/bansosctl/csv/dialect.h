// Dialect: how a CSV file is written, told from its first bytes: byte-order mark, `sep=` line and
// the delimiter of the header line (`;` of Indonesian Excel, `,` or TAB).
//
// What is not CSV in UTF-8 at all (UTF-16, a workbook, an archive, a PDF) is refused here by the
// name of what it is, with the menu entry that saves it rightly.
#ifndef TOOLS_BANSOSCTL_CSV_DIALECT_H_
#define TOOLS_BANSOSCTL_CSV_DIALECT_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"

namespace bansos {

struct Dialect {
  char delimiter = ',';
  size_t preamble_bytes = 0;  // byte-order mark and `sep=` line, before the header line
  int preamble_lines = 0;
};

// `head` is the beginning of the file, enough to hold its first two lines. Errors: InvalidArgument.
absl::StatusOr<Dialect> DetectDialect(std::string_view head);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_DIALECT_H_
