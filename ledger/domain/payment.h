// Aggregate: a payment, from the instruction to the treasury. PaymentInstructed, PaymentWithdrawn,
// TransferSent, PaymentReissued, PaymentRemitted. What the bank reports is in report.h.
#ifndef LEDGER_DOMAIN_PAYMENT_H_
#define LEDGER_DOMAIN_PAYMENT_H_

#include <string>

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

// The bucket in which a payment's money stands in a phase (DOMAIN 3).
Bucket BucketOf(PaymentPhase phase);

// The movement of a payment's money to another bucket.
Movement MoveTo(const State& state, const PaymentState& payment, Bucket to);

// Takes a payment to a phase and books the movement that the event states, on programme and batch.
// DATA_LOSS, and nothing booked, where the movement is not exactly the payment's own (batch, area,
// amount, from- and to-bucket) or would leave a bucket below zero (rule 8, invariant 3). The
// decider evolves its state before the append, so such an event never reaches the log.
absl::Status Move(State& state, PaymentState& payment, PaymentPhase to, const Movement& movement);

// Both bucket equations of DOMAIN 3 (invariant 3) for a programme and for a batch.
bool Balances(const ProgramState& program);
bool Balances(const BatchState& batch);

// kReportOpen while a held report about the recipient's or slot's payment of the tranche is open.
Check CheckNoOpenReport(const ProgramState& program, uint32_t tranche, RecipientNumber recipient,
                        uint32_t slot);

absl::Status Evolve(const EvolveContext& context, const PaymentInstructed& event);
absl::Status Evolve(const EvolveContext& context, const PaymentWithdrawn& event);
absl::Status Evolve(const EvolveContext& context, const TransferSent& event);
absl::Status Evolve(const EvolveContext& context, const PaymentReissued& event);
absl::Status Evolve(const EvolveContext& context, const PaymentRemitted& event);

Check Decide(const DecideContext& context, PaymentInstructed& event);
Check Decide(const DecideContext& context, PaymentWithdrawn& event);
Check Decide(const DecideContext& context, TransferSent& event);
Check Decide(const DecideContext& context, PaymentReissued& event);
Check Decide(const DecideContext& context, PaymentRemitted& event);

// "KJS tranche 1 recipient 17 payment 1"
std::string Describe(const PaymentKey& payment);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_PAYMENT_H_
