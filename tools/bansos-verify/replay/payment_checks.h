// Checks that several events of payments and reports share. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_PAYMENT_CHECKS_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_PAYMENT_CHECKS_H_

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

const char* StateName(PaymentState state);

// kWrongState, naming the present state, unless `allowed`.
Verdict CheckPaymentState(const PaymentId& id, const PaymentRecord& payment, bool allowed);

// kAttemptOutOfOrder unless `stated` is `wanted`.
Verdict CheckAttempt(const PaymentId& id, uint32_t stated, uint32_t wanted);

// The next number for its place, and the one before withdrawn or remitted.
Verdict CheckPaymentNumber(const State& state, const PaymentId& id);

// kReportOpen while a held report blocks the recipient or the slot in the tranche.
Verdict CheckNoReportOpen(const State& state, const TrancheRecipientId& place, uint32_t slot);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_PAYMENT_CHECKS_H_
