// Decide and Evolve: the ledger's rules as two deterministic functions (invariant 4). Pure: no I/O,
// no clock, no threads. docs/RULES.md lists every check; one aggregate, one file pair has the code.
#ifndef LEDGER_DOMAIN_DECIDE_H_
#define LEDGER_DOMAIN_DECIDE_H_

#include <cstdint>
#include <variant>

#include "absl/status/status.h"
#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"
#include "ledger/domain/state.h"

namespace bansos {

// The command's business key is recorded already (rule 7). The event with that key stands at
// `walk_from` or further back on that event's chain (its `back` distances).
struct AlreadyRecorded {
  Position walk_from;
};

// An event to append at state.next, complete but for the order of commits; or why not.
using Decision = std::variant<Event, AlreadyRecorded, Refusal>;

// recorded_time_us: the commit's time, not before state.last_time_us.
Decision Decide(const State& state, const Command& command, int64_t recorded_time_us);

// Applies the event at position state.next. DATA_LOSS when the event cannot stand there (a damaged
// or foreign log); the state is then useless.
absl::Status Evolve(State& state, const Event& event);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_DECIDE_H_
