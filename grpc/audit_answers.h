// What auditors ask for, as answers show it.
#ifndef GRPC_AUDIT_ANSWERS_H_
#define GRPC_AUDIT_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/audit_service.pb.h"
#include "grpc/call_life.h"
#include "grpc/page_scan.h"
#include "grpc/scan_stream.h"
#include "grpc/service_parts.h"
#include "projections/trial_balance.h"

namespace bansos {

// Walks the subject's chain, newest first. NOT_FOUND when there is no such subject. Blocks on the
// log; CANCELLED when `life` ends.
absl::StatusOr<v1::GetTimelineResponse> TimelineAnswer(const ServiceParts& parts,
                                                       const Moment& moment,
                                                       const v1::GetTimelineRequest& request,
                                                       const CallLife& life);

// A later page goes on where the first one's chain stood; it needs no views.
absl::StatusOr<v1::GetTimelineResponse> LaterTimelineAnswer(const ServiceParts& parts,
                                                            const v1::GetTimelineRequest& request,
                                                            const CallLife& life);

// A page of exceptions of the kinds asked for, and the counts of all of them.
absl::StatusOr<v1::ListExceptionsResponse> ExceptionPageAnswer(
    const Views& views, const v1::ListExceptionsRequest& request, PageScan& scan);

// From the log itself, up to `head`; tells how far it is. CANCELLED when `life` ends. Blocks on the
// log.
absl::StatusOr<v1::GetTrialBalanceResponse> TrialBalanceAnswer(
    const ServiceParts& parts, TrialBalances& balances, const ProjectionHead& head,
    const v1::GetTrialBalanceRequest& request, const CallLife& life, const TellProgress& tell);

}  // namespace bansos

#endif  // GRPC_AUDIT_ANSWERS_H_
