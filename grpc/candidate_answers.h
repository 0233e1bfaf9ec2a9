// Pages of candidates and entitlements of a programme.
#ifndef GRPC_CANDIDATE_ANSWERS_H_
#define GRPC_CANDIDATE_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/service_parts.h"

namespace bansos {

// By rising recipient number.
absl::StatusOr<v1::ListCandidatesResponse> CandidatePage(const Views& views,
                                                         const v1::ListCandidatesRequest& request);

// By slot and holder. Blocks on the log for whom later holders replaced.
absl::StatusOr<v1::ListEntitlementsResponse> EntitlementPage(
    const ServiceParts& parts, const Moment& moment, const v1::ListEntitlementsRequest& request);

}  // namespace bansos

#endif  // GRPC_CANDIDATE_ANSWERS_H_
