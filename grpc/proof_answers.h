// Answers of the log service that prove: checkpoints, proofs, tiles, bundles and receipts. They
// block on the disk, so only on workers. Pure otherwise.
#ifndef GRPC_PROOF_ANSWERS_H_
#define GRPC_PROOF_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/log_service.pb.h"
#include "grpc/service_parts.h"

namespace bansos {

// Errors of all: as log_service.proto says; DATA_LOSS, with positions, where the log is damaged.
absl::StatusOr<v1::GetCheckpointResponse> CheckpointAnswer(const ServiceParts& parts,
                                                           const v1::GetCheckpointRequest& request);
absl::StatusOr<v1::GetInclusionProofResponse> InclusionAnswer(
    const ServiceParts& parts, const v1::GetInclusionProofRequest& request);
absl::StatusOr<v1::GetConsistencyProofResponse> ConsistencyAnswer(
    const ServiceParts& parts, const v1::GetConsistencyProofRequest& request);
absl::StatusOr<v1::GetTilesResponse> TilesAnswer(const ServiceParts& parts,
                                                 const v1::GetTilesRequest& request);
absl::StatusOr<v1::GetEntryBundlesResponse> BundlesAnswer(
    const ServiceParts& parts, const v1::GetEntryBundlesRequest& request);
// REQUIRES: the views have seen what the caller asks about.
absl::StatusOr<v1::GetReceiptResponse> ReceiptAnswer(const ServiceParts& parts,
                                                     const v1::GetReceiptRequest& request);

}  // namespace bansos

#endif  // GRPC_PROOF_ANSWERS_H_
