// The check of a start that vault and log belong together (DESIGN 7): every registered recipient
// has the key that its registration committed to, and every number and token that the log ever
// showed was given out by this vault, so that nobody else gets it. Blocks on both.
#ifndef GRPC_START_CHECK_H_
#define GRPC_START_CHECK_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/vault/vault.h"

namespace bansos {

// DATA_LOSS names the first recipient whose key is missing or another, or what an older vault does
// not know; CANCELLED when `keep_going`, asked now and then, says no. REQUIRES: `state` is the
// log's.
absl::Status CheckVaultKnows(const Vault& vault, const EventLog& log, const State& state,
                             absl::FunctionRef<bool()> keep_going);

}  // namespace bansos

#endif  // GRPC_START_CHECK_H_
