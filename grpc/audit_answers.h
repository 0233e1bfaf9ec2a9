// What auditors ask for, as answers show it.
#ifndef GRPC_AUDIT_ANSWERS_H_
#define GRPC_AUDIT_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/audit_service.pb.h"
#include "grpc/call_life.h"
#include "grpc/service_parts.h"

namespace bansos {

// Walks the subject's chain, newest first; later pages go on where the first one's chain stood.
// NOT_FOUND when there is no such subject. Blocks on the log.
absl::StatusOr<v1::GetTimelineResponse> TimelineAnswer(const ServiceParts& parts,
                                                       const Moment& moment,
                                                       const v1::GetTimelineRequest& request);

// All exceptions of the kinds asked for, and their counts.
absl::StatusOr<v1::ListExceptionsResponse> ExceptionAnswer(
    const Views& views, const v1::ListExceptionsRequest& request);

// From the log itself, up to `head`. CANCELLED when `life` ends. Blocks on the log.
absl::StatusOr<v1::GetTrialBalanceResponse> TrialBalanceAnswer(
    const ServiceParts& parts, const ProjectionHead& head,
    const v1::GetTrialBalanceRequest& request, const CallLife& life);

}  // namespace bansos

#endif  // GRPC_AUDIT_ANSWERS_H_
