// Result files of the bank: a first pass counts and hashes the file, the second records its lines
// under the position of the received file.
#ifndef TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_
#define TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansosctl/import/import_kind.h"

namespace bansos {

const std::vector<ImportColumn>& ResultsColumns();

// What the first pass found. Rows with a fault count as lines; their money does not.
struct ResultFileFacts {
  std::string sha256;  // 32 bytes
  uint32_t lines = 0;
  int64_t settled_total = 0;
  int64_t returned_total = 0;
  uint32_t settled = 0;
  uint32_t returned = 0;
};
absl::StatusOr<ResultFileFacts> LookThrough(const std::string& path);

// Records that the file came in; the position that its lines name. nullopt in a dry run.
absl::StatusOr<std::optional<uint64_t>> ReceiveFile(const ImportContext& context,
                                                    const ResultFileFacts& facts,
                                                    const std::string& sender);

// `file_position` nullopt (dry run): rows are read and counted, nothing is called.
std::unique_ptr<ImportKind> NewResultsKind(ImportContext context,
                                           std::optional<uint64_t> file_position);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_RESULTS_KIND_H_
