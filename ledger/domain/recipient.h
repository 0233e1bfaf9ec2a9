// Aggregate: a recipient. RecipientRegistered, IdentityCorrected, PayeeAssigned,
// AssessmentRecorded, RecipientDied.
#ifndef LEDGER_DOMAIN_RECIPIENT_H_
#define LEDGER_DOMAIN_RECIPIENT_H_

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

absl::Status Evolve(const EvolveContext& context, const RecipientRegistered& event);
absl::Status Evolve(const EvolveContext& context, const IdentityCorrected& event);
absl::Status Evolve(const EvolveContext& context, const PayeeAssigned& event);
absl::Status Evolve(const EvolveContext& context, const AssessmentRecorded& event);
absl::Status Evolve(const EvolveContext& context, const RecipientDied& event);

Check Decide(const DecideContext& context, RecipientRegistered& event);
Check Decide(const DecideContext& context, IdentityCorrected& event);
Check Decide(const DecideContext& context, PayeeAssigned& event);

// Whether the holder's name must be the registered one: the recipient's own account is paid.
bool ComparesNames(const PayeeAssigned& event);
Check Decide(const DecideContext& context, AssessmentRecorded& event);
Check Decide(const DecideContext& context, RecipientDied& event);

// kAreaUnknown unless the area, which stands in that field, is published.
Check CheckArea(const DecideContext& context, const char* field, AreaCode area);
// kDateInFuture when the date, which stands in that field, is after today (WIB).
Check CheckNotInFuture(const DecideContext& context, const char* field, Date date);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_RECIPIENT_H_
