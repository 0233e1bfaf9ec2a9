// The three commands of bansos-verify: a log in a directory, a receipt, a checkpoint. Each returns
// all that it found; nothing is printed, except progress.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_VERIFY_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_VERIFY_H_

#include "tools/bansos-verify/program/options.h"
#include "tools/bansos-verify/program/progress_line.h"
#include "tools/bansos-verify/program/report.h"

namespace bansos::verify {

Report Verify(const Options& options, ProgressLine& progress);

// Of a file or the text itself. INVALID_ARGUMENT when it is neither.
absl::StatusOr<VerifierKey> FindKey(const std::string& file_or_text);

// The commands; what they find goes into `report` as far as they come.
absl::Status VerifyDirectory(const Options& options, ProgressLine& progress, Report& report);
absl::Status VerifyReceipt(const Options& options, Report& report);
absl::Status VerifyCheckpoint(const Options& options, Report& report);

// `origin` must be --origin, or without it the key's name. `place` names whose origin it is.
absl::Status CheckOrigin(const Options& options, const std::string& key_name,
                         const std::string& origin, const std::string& place);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_VERIFY_H_
