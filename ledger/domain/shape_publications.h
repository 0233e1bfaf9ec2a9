// The shapes of what the office publishes: ledger, rules, catalogues, areas, policies, programmes
// and rule sets. A part of shape.h, which is what others use.
#ifndef LEDGER_DOMAIN_SHAPE_PUBLICATIONS_H_
#define LEDGER_DOMAIN_SHAPE_PUBLICATIONS_H_

#include "ledger/domain/event_entitlement.h"
#include "ledger/domain/refusal.h"

namespace bansos::shape {

Check ShapeOf(const LedgerOpened& e);
Check ShapeOf(const RulesAdopted& e);
Check ShapeOf(const CataloguePublished& e);
Check ShapeOf(const AreasPublished& e);
Check ShapeOf(const PolicySet& e);
Check ShapeOf(const ProgramOpened& e);
Check ShapeOf(const ProgramAmended& e);
Check ShapeOf(const RuleSetPublished& e);

}  // namespace bansos::shape

#endif  // LEDGER_DOMAIN_SHAPE_PUBLICATIONS_H_
