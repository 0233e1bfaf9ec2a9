// Start-up: the state that the log says (invariant 4), from a snapshot or from nothing.
#ifndef LEDGER_SEQUENCER_START_UP_H_
#define LEDGER_SEQUENCER_START_UP_H_

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"

namespace bansos {

// Called now and then, and at the end, with the positions folded so far and the log's size. False
// ends the fold with CANCELLED.
using ProgressCallback = std::function<bool(uint64_t folded, uint64_t size)>;

// Folds the events from from_snapshot.next to the head. `progress` may be empty. DATA_LOSS names
// the position of an event that is damaged or cannot stand there, or says that the snapshot is
// ahead of the log. FAILED_PRECONDITION names the one with which rules take effect that this
// program does not know.
absl::StatusOr<State> FoldState(const EventLog& log, State from_snapshot,
                                const ProgressCallback& progress);

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_START_UP_H_
