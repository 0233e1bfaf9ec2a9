// Aggregate: a file of orders for the bank. OrderFileWritten. The log knows which orders were
// handed over in which file, so that none is handed over twice unless that is what somebody says.
#ifndef LEDGER_DOMAIN_ORDER_FILE_H_
#define LEDGER_DOMAIN_ORDER_FILE_H_

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

absl::Status Evolve(const EvolveContext& context, const OrderFileWritten& event);
Check Decide(const DecideContext& context, OrderFileWritten& event);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_ORDER_FILE_H_
