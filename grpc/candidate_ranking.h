// Whom to put on the decree when more are eligible than the quota holds (rule 3): lower decile
// first, then earlier decision, each with a free slot. A suggestion with keys, no rule of Decide.
#ifndef GRPC_CANDIDATE_RANKING_H_
#define GRPC_CANDIDATE_RANKING_H_

#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/call_life.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"

namespace bansos {

// Blocks on log and vault; gives up with CANCELLED when `life` ends.
absl::StatusOr<v1::RankCandidatesResponse> RankingAnswer(const ServiceParts& parts,
                                                         const Sealing& sealing,
                                                         const Moment& moment,
                                                         const v1::RankCandidatesRequest& request,
                                                         const CallLife& life);

}  // namespace bansos

#endif  // GRPC_CANDIDATE_RANKING_H_
