// The events behind a figure of balances: every event of the log that changed it, and by how much.
// Read from the log itself each time, nothing is materialised: of a recipient by the recipient's
// chain, of other rows by a scan. Stateless; any thread.
#ifndef PROJECTIONS_FIGURE_CHANGES_H_
#define PROJECTIONS_FIGURE_CHANGES_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "ledger/base/ids.h"
#include "ledger/log/event_log.h"
#include "projections/figure_fold.h"
#include "projections/keep_scanning.h"
#include "projections/timeline.h"

namespace bansos {

// Told of each event that changed the figure, by rising position. `change` is never 0.
using ChangeVisitor = absl::FunctionRef<void(Position position, int64_t change)>;

// Visits the changes of the first `size` events. DATA_LOSS names the position that cannot be read
// or booked; CANCELLED when `keep_scanning` says no.
// REQUIRES: `subject` is no recipient; size is at most the log's.
absl::Status ScanChanges(const EventLog& log, uint64_t size, const BalanceSubject& subject,
                         BalanceFigure figure, KeepScanning keep_scanning, ChangeVisitor visit);

// The same for a recipient, from any event of the recipient's chain that is no older than `size`
// or is the last before it.
absl::Status WalkChanges(const EventLog& log, uint64_t size, Position chain,
                         RecipientNumber recipient, BalanceFigure figure,
                         KeepScanning keep_scanning, ChangeVisitor visit);

}  // namespace bansos

#endif  // PROJECTIONS_FIGURE_CHANGES_H_
