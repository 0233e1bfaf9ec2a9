// The rules, one set of overloads for each event, in the order of docs/RULES.md:
//   CheckShape  what the event's own fields must look like;
//   CheckRules  what must hold at its position (State::next_position);
//   Record      what it changes, money aside (booking.h) and keys, chain and position aside.
// CheckShape and CheckRules change nothing. REQUIRES for CheckRules: the shape is good and what the
// event names is there; for Record: every check allowed it. The definitions are in one file for
// each aggregate, checks beside their record. Not thread-safe where State changes.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_RULES_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_RULES_H_

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

#define RULES_OF(Body)                                                                  \
  Verdict CheckShape(const v1::Body& body);                                             \
  Verdict CheckRules(const State& state, const v1::Event& event, const v1::Body& body); \
  void Record(State& state, const v1::Event& event, const v1::Body& body)

// setting_up.cc: the ledger itself and what the office publishes.
RULES_OF(LedgerOpened);
RULES_OF(RulesAdopted);
RULES_OF(CataloguePublished);
RULES_OF(AreasPublished);
RULES_OF(PolicySet);

// program.cc and rule_set.cc
RULES_OF(ProgramOpened);
RULES_OF(ProgramAmended);
RULES_OF(BudgetAppropriated);
RULES_OF(RuleSetPublished);

// recipient.cc
RULES_OF(RecipientRegistered);
RULES_OF(IdentityCorrected);
RULES_OF(PayeeAssigned);
RULES_OF(AssessmentRecorded);
RULES_OF(RecipientDied);

// eligibility.cc and entitlement.cc
RULES_OF(CandidateProposed);
RULES_OF(EligibilityDecided);
RULES_OF(RecipientDecreed);
RULES_OF(EntitlementEnded);

// batch.cc
RULES_OF(BatchDrafted);
RULES_OF(BatchSubmitted);
RULES_OF(BatchVerified);
RULES_OF(BatchApproved);
RULES_OF(BatchSentBack);
RULES_OF(BatchReleased);
RULES_OF(BatchClosed);

// payment.cc
RULES_OF(PaymentInstructed);
RULES_OF(PaymentWithdrawn);
RULES_OF(TransferSent);
RULES_OF(PaymentReissued);
RULES_OF(PaymentRemitted);

// order_file.cc
RULES_OF(OrderFileWritten);

// report.cc
RULES_OF(ResultFileReceived);
RULES_OF(TransferSettled);
RULES_OF(TransferReturned);
RULES_OF(ReportHeld);
RULES_OF(ReportResolved);

#undef RULES_OF

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_RULES_H_
