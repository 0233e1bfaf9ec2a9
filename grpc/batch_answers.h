// The batches of a programme, and the payments of a batch.
#ifndef GRPC_BATCH_ANSWERS_H_
#define GRPC_BATCH_ANSWERS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/batch_service.pb.h"
#include "grpc/page_scan.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"

namespace bansos {

// By tranche and number. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::ListBatchesResponse> BatchPage(const Views& views,
                                                  const v1::ListBatchesRequest& request,
                                                  PageScan& scan);

// By rising position of the instruction, without payees. NOT_FOUND when the batch is unknown.
absl::StatusOr<v1::ListBatchPaymentsResponse> BatchPaymentPage(
    const Views& views, const v1::ListBatchPaymentsRequest& request, PageScan& scan);

// The unsealed payees of these payments, from the positions that they pin. Blocks on log and vault;
// ends CANCELLED with the call.
absl::Status FillPayees(const ServiceParts& parts, const Sealing& sealing, const CallLife& life,
                        v1::ListBatchPaymentsResponse& response);

}  // namespace bansos

#endif  // GRPC_BATCH_ANSWERS_H_
