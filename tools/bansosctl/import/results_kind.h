// Result files of the bank: how a row becomes a report, under the position of the received file
// (results_file.h).
#ifndef TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_
#define TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "bansos/v1/payment_service.pb.h"
#include "tools/bansosctl/import/import_kind.h"
#include "tools/bansosctl/import/spooled_file.h"

namespace bansos {

const std::vector<ImportColumn>& ResultsColumns();

// Where the reports come from.
struct ResultsSource {
  // The received file; nullopt in a dry run, in which the server judges the reports by themselves.
  std::optional<uint64_t> file_position = {};
  // The rows are corrected lines of that file, and each says which; otherwise they are its lines
  // from the first on.
  bool corrects = false;
  // What was looked through; null when the rows are read from the file itself.
  std::unique_ptr<SpooledFile> file = {};
};

// The counts of held reports have names that begin so, by rule.
inline constexpr char kHeldPrefix[] = "held_";

// A row as a report; faults are noted in the row.
void ReadResult(RowReading& row, uint64_t line, v1::Result& result);

std::unique_ptr<ImportKind> NewResultsKind(ImportContext context, ResultsSource source);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_
