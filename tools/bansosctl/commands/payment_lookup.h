// Looks up one payment, and one event, where a command names them. Errors: NotFound.
#ifndef TOOLS_BANSOSCTL_COMMANDS_PAYMENT_LOOKUP_H_
#define TOOLS_BANSOSCTL_COMMANDS_PAYMENT_LOOKUP_H_

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/event.pb.h"
#include "bansos/v1/payment.pb.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {

absl::StatusOr<v1::Payment> FindPayment(Connection& connection, const ledger::v1::PaymentKey& key);

absl::StatusOr<ledger::v1::Event> FindEvent(Connection& connection, uint64_t position);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_COMMANDS_PAYMENT_LOOKUP_H_
