// The candidates and entitlements of a programme.
#ifndef GRPC_CANDIDATE_ANSWERS_H_
#define GRPC_CANDIDATE_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/page_scan.h"
#include "grpc/service_parts.h"

namespace bansos {

// By rising recipient number. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::ListCandidatesResponse> CandidatePage(const Views& views,
                                                         const v1::ListCandidatesRequest& request,
                                                         PageScan& scan);

// By slot and holder. NOT_FOUND when programme or tranche is unknown.
absl::StatusOr<v1::ListEntitlementsResponse> EntitlementPage(
    const Views& views, const v1::ListEntitlementsRequest& request, PageScan& scan);

}  // namespace bansos

#endif  // GRPC_CANDIDATE_ANSWERS_H_
