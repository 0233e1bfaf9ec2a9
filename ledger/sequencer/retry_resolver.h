// Resolves retries (rule 7, invariant 5): finds the recorded fact of each on its immutable chain
// and compares what was stated, field by field. Runs on a worker, never on the decider.
#ifndef LEDGER_SEQUENCER_RETRY_RESOLVER_H_
#define LEDGER_SEQUENCER_RETRY_RESOLVER_H_

#include "absl/status/status.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/commit_group.h"

namespace bansos {

// A recipient, batch or programme has some hundred events; a chain that goes on for so long is no
// chain of ours, and no worker should be lost to it.
inline constexpr int kMaxChainHops = 100'000;

// Fills in the outcomes of all retries: the fact's position, or kKeyTaken when the content differs.
// An atomic request with a refusal is refused as a whole. REQUIRES: the facts are durable.
// DATA_LOSS when the log is damaged or a chain ends without the fact.
absl::Status ResolveRetries(const EventLog& log, DecidedRequest& decided);

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_RETRY_RESOLVER_H_
