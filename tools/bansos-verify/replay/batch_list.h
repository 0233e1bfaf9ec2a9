// What is on a batch's list now: count, total and the digest that proves which list it was.
// Pure function, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_BATCH_LIST_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_BATCH_LIST_H_

#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

// The unwithdrawn payments by rising position of their instruction. A batch that is not there has
// an empty list.
v1::BatchList ListOf(const State& state, const BatchId& batch);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_BATCH_LIST_H_
