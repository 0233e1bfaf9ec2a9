// What makes an atomic request all or nothing: who else is refused, and the check that its commands
// do not hang on each other, so that deciding each of them alone is deciding all of them.
#ifndef LEDGER_SEQUENCER_ATOMIC_REQUEST_H_
#define LEDGER_SEQUENCER_ATOMIC_REQUEST_H_

#include <vector>

#include "absl/types/span.h"
#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"
#include "ledger/domain/state.h"
#include "ledger/sequencer/commit_group.h"
#include "ledger/sequencer/sequencer.h"

namespace bansos {

// If any command is refused, all others become kAtomicRefused. Whether that was so.
bool RefuseOthers(std::vector<CommandOutcome>& outcomes);

// Refuses a request of which some commands are recorded already (its retries) and others are new.
void RefuseMix(DecidedRequest& decided);

// Refuses kAtomicOverlap (two kinds; a subject, key, slot, account or cited report twice),
// kNotEnoughAvailable for all together. `events` is what each command alone was
// decided to be, in order.
Check CheckIndependent(const State& state, absl::Span<const Command> commands,
                       absl::Span<const Event> events);

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_ATOMIC_REQUEST_H_
