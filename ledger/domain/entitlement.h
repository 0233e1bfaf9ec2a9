// Aggregate: a candidate's way to an entitlement. CandidateProposed, EligibilityDecided,
// RecipientDecreed, EntitlementEnded.
#ifndef LEDGER_DOMAIN_ENTITLEMENT_H_
#define LEDGER_DOMAIN_ENTITLEMENT_H_

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

absl::Status Evolve(const EvolveContext& context, const CandidateProposed& event);
absl::Status Evolve(const EvolveContext& context, const EligibilityDecided& event);
absl::Status Evolve(const EvolveContext& context, const RecipientDecreed& event);
absl::Status Evolve(const EvolveContext& context, const EntitlementEnded& event);

Check Decide(const DecideContext& context, CandidateProposed& event);
Check Decide(const DecideContext& context, EligibilityDecided& event);
Check Decide(const DecideContext& context, RecipientDecreed& event);
Check Decide(const DecideContext& context, EntitlementEnded& event);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_ENTITLEMENT_H_
