// Aggregate: a programme. ProgramOpened, ProgramAmended, RuleSetPublished, BudgetAppropriated.
#ifndef LEDGER_DOMAIN_PROGRAM_H_
#define LEDGER_DOMAIN_PROGRAM_H_

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

// The rule set in force on a date: the highest version whose date in force is not after it; nullptr
// when there is none (rule 2).
const RuleSetPublished* RuleSetInForce(const ProgramState& program, Date date);

absl::Status Evolve(const EvolveContext& context, const ProgramOpened& event);
absl::Status Evolve(const EvolveContext& context, const ProgramAmended& event);
absl::Status Evolve(const EvolveContext& context, const RuleSetPublished& event);
absl::Status Evolve(const EvolveContext& context, const BudgetAppropriated& event);

Check Decide(const DecideContext& context, ProgramOpened& event);
Check Decide(const DecideContext& context, ProgramAmended& event);
Check Decide(const DecideContext& context, RuleSetPublished& event);
Check Decide(const DecideContext& context, BudgetAppropriated& event);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_PROGRAM_H_
