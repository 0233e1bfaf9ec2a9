// Aggregate: a batch (daftar pembayaran). BatchDrafted, BatchSubmitted, BatchVerified,
// BatchApproved, BatchSentBack, BatchReleased, BatchClosed. No step moves money (DOMAIN 3).
#ifndef LEDGER_DOMAIN_BATCH_H_
#define LEDGER_DOMAIN_BATCH_H_

#include <string>

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

// SHA-256 over the unwithdrawn payments by rising position, as event.proto says of
// BatchList.digest.
std::string ListDigest(const State& state, const BatchState& batch);

absl::Status Evolve(const EvolveContext& context, const BatchDrafted& event);
absl::Status Evolve(const EvolveContext& context, const BatchSubmitted& event);
absl::Status Evolve(const EvolveContext& context, const BatchVerified& event);
absl::Status Evolve(const EvolveContext& context, const BatchApproved& event);
absl::Status Evolve(const EvolveContext& context, const BatchSentBack& event);
absl::Status Evolve(const EvolveContext& context, const BatchReleased& event);
absl::Status Evolve(const EvolveContext& context, const BatchClosed& event);

Check Decide(const DecideContext& context, BatchDrafted& event);
Check Decide(const DecideContext& context, BatchSubmitted& event);
Check Decide(const DecideContext& context, BatchVerified& event);
Check Decide(const DecideContext& context, BatchApproved& event);
Check Decide(const DecideContext& context, BatchSentBack& event);
Check Decide(const DecideContext& context, BatchReleased& event);
Check Decide(const DecideContext& context, BatchClosed& event);

// "KJS tranche 1 batch 2"
std::string Describe(const BatchKey& batch);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_BATCH_H_
