// Pages of batches and of the payments of a batch.
#ifndef GRPC_BATCH_ANSWERS_H_
#define GRPC_BATCH_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/batch_service.pb.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"

namespace bansos {

// By tranche and number. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::ListBatchesResponse> BatchPage(const Views& views,
                                                  const v1::ListBatchesRequest& request);

// By rising position of the instruction. Blocks on log and vault when the payee is asked for.
absl::StatusOr<v1::ListBatchPaymentsResponse> BatchPaymentPage(
    const ServiceParts& parts, const Sealing& sealing, const Moment& moment,
    const v1::ListBatchPaymentsRequest& request);

}  // namespace bansos

#endif  // GRPC_BATCH_ANSWERS_H_
