// From DecideEligibility to commands: the rule set in force, each recipient's latest assessment
// unsealed, and the truth of every criterion over indicators (rule 2). Blocks on log and vault.
#ifndef GRPC_ELIGIBILITY_DECISIONS_H_
#define GRPC_ELIGIBILITY_DECISIONS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "bansos/v1/eligibility_service.pb.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"
#include "grpc/write_path.h"

namespace bansos {

struct PreparedDecisions {
  std::vector<PreparedItem> items;
  // What follows if the item is accepted: its fact version pins everything that it follows from.
  std::vector<Outcome> outcomes;
};

// Fails as a whole when the programme is unknown or no rule set is in force on the date. REQUIRES:
// the views have seen what the caller was told is recorded.
absl::StatusOr<PreparedDecisions> PrepareDecisions(const ServiceParts& parts,
                                                   const Sealing& sealing, const RequestHead& head,
                                                   const v1::DecideEligibilityRequest& request);

// What was decided: of a decision that is in the log already, what it says there. Blocks on the
// log.
absl::StatusOr<v1::DecideEligibilityResponse> AnswerDecisions(const EventLog& log,
                                                              const Recording& recording,
                                                              std::vector<Outcome> outcomes);

// Values of one assessment by indicator.
using IndicatorValues = absl::flat_hash_map<std::string, int64_t>;

// Visits the unsealed values of the assessments at `positions`, each once.
absl::Status ReadAssessments(const EventLog& log, const Sealing& sealing,
                             std::vector<Position> positions,
                             absl::FunctionRef<void(Position, const IndicatorValues&)> visit);

}  // namespace bansos

#endif  // GRPC_ELIGIBILITY_DECISIONS_H_
