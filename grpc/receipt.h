// The receipt of an event: a C2SP tlog-proof whose extra data is the entry, so that a third party
// checks it alone with the public key (docs/formats/receipt.md). Pure.
#ifndef GRPC_RECEIPT_H_
#define GRPC_RECEIPT_H_

#include <string>

#include "ledger/log/checkpoint.h"
#include "ledger/log/log_proofs.h"

namespace bansos {

// REQUIRES: the proof leads to the checkpoint's root.
std::string FormatReceipt(Position position, const InclusionProof& inclusion,
                          const Checkpoint& checkpoint);

}  // namespace bansos

#endif  // GRPC_RECEIPT_H_
