// Aggregate: the ledger itself. LedgerOpened, RulesAdopted, CataloguePublished, AreasPublished,
// PolicySet.
#ifndef LEDGER_DOMAIN_LEDGER_ROOT_H_
#define LEDGER_DOMAIN_LEDGER_ROOT_H_

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

absl::Status Evolve(const EvolveContext& context, const LedgerOpened& event);
absl::Status Evolve(const EvolveContext& context, const RulesAdopted& event);
absl::Status Evolve(const EvolveContext& context, const CataloguePublished& event);
absl::Status Evolve(const EvolveContext& context, const AreasPublished& event);
absl::Status Evolve(const EvolveContext& context, const PolicySet& event);

Check Decide(const DecideContext& context, LedgerOpened& event);
Check Decide(const DecideContext& context, RulesAdopted& event);
Check Decide(const DecideContext& context, CataloguePublished& event);
Check Decide(const DecideContext& context, AreasPublished& event);
Check Decide(const DecideContext& context, PolicySet& event);

// "33.74" -> 3374; 0 when it is not the code of a kabupaten or kota.
AreaCode ParseAreaCode(const std::string& code);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_LEDGER_ROOT_H_
