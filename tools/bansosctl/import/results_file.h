// A result file of the bank as a whole, before its lines are recorded: what it holds, whether that
// is what the bank's letter states, and whether it can be right at all.
#ifndef TOOLS_BANSOSCTL_IMPORT_RESULTS_FILE_H_
#define TOOLS_BANSOSCTL_IMPORT_RESULTS_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/tally.h"
#include "tools/bansosctl/csv/file_check.h"
#include "tools/bansosctl/import/import_kind.h"
#include "tools/bansosctl/import/spooled_file.h"

namespace bansos {

// What the letter beside the file states; what it does not state is 0.
struct ResultFileLetter {
  uint32_t lines = 0;
  int64_t settled_total = 0;
  int64_t returned_total = 0;

  bool states_totals() const { return settled_total != 0 || returned_total != 0; }
};

// What the file holds.
struct ResultFileFacts {
  std::string sha256;  // 32 bytes
  uint32_t lines = 0;
  uint32_t unreadable = 0;  // of them; their money is in no sum
  int64_t settled_total = 0;
  int64_t returned_total = 0;
  uint32_t settled = 0;
  uint32_t returned = 0;
};
absl::StatusOr<ResultFileFacts> LookThrough(const SpooledFile& file, Unlikely unlikely);

// INVALID_ARGUMENT when the file is not the one that the letter speaks of.
absl::Status CheckLetter(const ResultFileLetter& letter, const ResultFileFacts& facts);

// Records that the file came in, unless `dry_run`. Totals are the letter's, else those of the file
// when every line of it can be read, else none.
struct ReceivedFile {
  std::optional<uint64_t> position;  // that its lines name; nullopt in a dry run of a new file
  bool already_recorded = false;
};
absl::StatusOr<ReceivedFile> ReceiveFile(const ImportContext& context, const ResultFileFacts& facts,
                                         const ResultFileLetter& letter, const std::string& sender,
                                         bool dry_run);

// Lets the server judge every line without recording it. FAILED_PRECONDITION, with examples, when
// nearly every line would be held: such a file is wrong as a whole.
absl::Status CheckNotNearlyAllHeld(const ImportContext& context, const SpooledFile& file,
                                   const std::string& name, Clock& clock);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_IMPORT_RESULTS_FILE_H_
