// Answers of the log service that prove: checkpoints, proofs, tiles, bundles and receipts. They
// block on the disk, so only on workers; a fresh checkpoint is made in the lane that signs.
#ifndef GRPC_PROOF_ANSWERS_H_
#define GRPC_PROOF_ANSWERS_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "bansos/v1/log_service.pb.h"
#include "grpc/service_parts.h"
#include "ledger/base/ids.h"
#include "ledger/log/checkpoints.h"

namespace bansos {

// Errors of all: as log_service.proto says; DATA_LOSS, with positions, where the log is damaged.
absl::StatusOr<v1::GetCheckpointResponse> CheckpointAnswer(const ServiceParts& parts,
                                                           const v1::GetCheckpointRequest& request);
absl::StatusOr<v1::GetInclusionProofResponse> InclusionAnswer(const ServiceParts& parts,
                                                              Position position, uint64_t size);
absl::StatusOr<v1::GetConsistencyProofResponse> ConsistencyAnswer(
    const ServiceParts& parts, const v1::GetConsistencyProofRequest& request);
absl::StatusOr<v1::GetTilesResponse> TilesAnswer(const ServiceParts& parts,
                                                 const v1::GetTilesRequest& request);
absl::StatusOr<v1::GetEntryBundlesResponse> BundlesAnswer(
    const ServiceParts& parts, const v1::GetEntryBundlesRequest& request);
// What the receipt is about. REQUIRES: the views have seen what the caller asks about.
absl::StatusOr<Position> ReceiptPosition(const ServiceParts& parts,
                                         const v1::GetReceiptRequest& request);
// REQUIRES: the checkpoint covers the position.
absl::StatusOr<v1::GetReceiptResponse> ReceiptAnswer(const ServiceParts& parts, Position position,
                                                     const Checkpoint& checkpoint);

// The newest checkpoint when it covers the position, nothing when one is to be made. OUT_OF_RANGE
// past the log's end.
absl::StatusOr<std::optional<Checkpoint>> NewestCovering(const ServiceParts& parts,
                                                         Position position);

}  // namespace bansos

#endif  // GRPC_PROOF_ANSWERS_H_
