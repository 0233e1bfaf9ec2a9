// The start check: is the stored log all that was acknowledged, and whole at its end?
//
// It reads and never writes, so a refusal leaves everything as it was found. It looks at the head
// row, the anchor, the last bundle, the edge of the tree and the last time row; entries further
// back are for reads, proofs and verify to check. An anchor rolled back together with its log
// passes: only someone who kept a checkpoint can see that.
#ifndef LEDGER_LOG_START_CHECK_H_
#define LEDGER_LOG_START_CHECK_H_

#include <optional>

#include "absl/status/statusor.h"
#include "ledger/base/anchor.h"
#include "ledger/log/log_database.h"
#include "ledger/log/log_format.h"

namespace bansos {

// The head to go on from. `anchor` is empty when there is no anchor file.
//   DATA_LOSS            acknowledged entries are missing, or what is stored contradicts itself
//   FAILED_PRECONDITION  a log without its anchor, or of another format
absl::StatusOr<StoredHead> CheckStoredLog(const LogDatabase& database,
                                          const std::optional<AnchorRecord>& anchor);

}  // namespace bansos

#endif  // LEDGER_LOG_START_CHECK_H_
