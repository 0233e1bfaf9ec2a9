// What Decide fills in, worked out anew: movement, reference, digest, slot, pins, identity of a
// payee, truths, outcome, the rule of a held report, the payment of a resolved one, and the
// distance back. Pure, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_DECIDED_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_DECIDED_H_

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

// Replaces the decided fields of the event by what they must be at the next position. Never fails:
// a field that follows from something that is not there is left empty. REQUIRES: the event has a
// body.
void FillDecided(const State& state, v1::Event& event);

// kDecidedDiffers or kBackDiffers, naming the fields, unless the decided fields are those.
// REQUIRES: the event has a body.
Verdict CheckDecided(const State& state, const v1::Event& event);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_DECIDED_H_
