// The candidates and entitlements of a programme.
#ifndef GRPC_CANDIDATE_ANSWERS_H_
#define GRPC_CANDIDATE_ANSWERS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/service_parts.h"

namespace bansos {

// By rising recipient number. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::ListCandidatesResponse> CandidateList(const Views& views,
                                                         const v1::ListCandidatesRequest& request);

// By slot and holder, without whom they replaced. NOT_FOUND when programme or tranche is unknown.
absl::StatusOr<v1::ListEntitlementsResponse> EntitlementList(
    const Views& views, const v1::ListEntitlementsRequest& request);

// Whom the later holders replaced. Blocks on the log.
absl::Status FillReplaces(const EventLog& log, v1::ListEntitlementsResponse& response);

}  // namespace bansos

#endif  // GRPC_CANDIDATE_ANSWERS_H_
