// How a ledger begins: vault and log with LedgerOpened at position 0, and the keys beside them. It
// is the only place where any of them is made. Blocks; one thread.
#ifndef GRPC_NEW_LEDGER_H_
#define GRPC_NEW_LEDGER_H_

#include "absl/status/status.h"
#include "grpc/ledger_parts.h"

namespace bansos {

// Makes the ledger, to be opened by LedgerParts::Open. Whoever stops it half-way leaves what is
// refused by both, with the words that say what to remove.
//   FAILED_PRECONDITION  something of a ledger is there already, finished or not; or the clock was
//                        never set
//   INVALID_ARGUMENT     the ledger id or the origin is not one; nothing was made
absl::Status CreateLedger(const LedgerOptions& options);

}  // namespace bansos

#endif  // GRPC_NEW_LEDGER_H_
