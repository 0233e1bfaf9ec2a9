// The body of an event, whichever it is: a visitor over all of them, and what each names.
// Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_BODY_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_BODY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "tools/bansos-verify/finding/require.h"
#include "tools/bansos-verify/replay/keys.h"

namespace bansos::replay {

// Calls visit(body) with the typed body of the event. REQUIRES: the event has a body.
template <typename Visit>
auto VisitBody(const v1::Event& event, const Visit& visit) {
  switch (event.body_case()) {
    // clang-format off
    case v1::Event::kRulesAdopted: return visit(event.rules_adopted());
    case v1::Event::kCataloguePublished: return visit(event.catalogue_published());
    case v1::Event::kAreasPublished: return visit(event.areas_published());
    case v1::Event::kPolicySet: return visit(event.policy_set());
    case v1::Event::kProgramOpened: return visit(event.program_opened());
    case v1::Event::kProgramAmended: return visit(event.program_amended());
    case v1::Event::kRuleSetPublished: return visit(event.rule_set_published());
    case v1::Event::kBudgetAppropriated: return visit(event.budget_appropriated());
    case v1::Event::kRecipientRegistered: return visit(event.recipient_registered());
    case v1::Event::kIdentityCorrected: return visit(event.identity_corrected());
    case v1::Event::kPayeeAssigned: return visit(event.payee_assigned());
    case v1::Event::kAssessmentRecorded: return visit(event.assessment_recorded());
    case v1::Event::kRecipientDied: return visit(event.recipient_died());
    case v1::Event::kCandidateProposed: return visit(event.candidate_proposed());
    case v1::Event::kEligibilityDecided: return visit(event.eligibility_decided());
    case v1::Event::kRecipientDecreed: return visit(event.recipient_decreed());
    case v1::Event::kEntitlementEnded: return visit(event.entitlement_ended());
    case v1::Event::kBatchDrafted: return visit(event.batch_drafted());
    case v1::Event::kBatchSubmitted: return visit(event.batch_submitted());
    case v1::Event::kBatchVerified: return visit(event.batch_verified());
    case v1::Event::kBatchApproved: return visit(event.batch_approved());
    case v1::Event::kBatchSentBack: return visit(event.batch_sent_back());
    case v1::Event::kBatchReleased: return visit(event.batch_released());
    case v1::Event::kBatchClosed: return visit(event.batch_closed());
    case v1::Event::kPaymentInstructed: return visit(event.payment_instructed());
    case v1::Event::kPaymentWithdrawn: return visit(event.payment_withdrawn());
    case v1::Event::kTransferSent: return visit(event.transfer_sent());
    case v1::Event::kResultFileReceived: return visit(event.result_file_received());
    case v1::Event::kTransferSettled: return visit(event.transfer_settled());
    case v1::Event::kTransferReturned: return visit(event.transfer_returned());
    case v1::Event::kPaymentReissued: return visit(event.payment_reissued());
    case v1::Event::kPaymentRemitted: return visit(event.payment_remitted());
    case v1::Event::kReportHeld: return visit(event.report_held());
    case v1::Event::kReportResolved: return visit(event.report_resolved());
    case v1::Event::kOrderFileWritten: return visit(event.order_file_written());
    // clang-format on
    default:
      REQUIRE(event.has_ledger_opened());  // What has no body was refused before.
      return visit(event.ledger_opened());
  }
}

// What a body names, as far as it names it.
struct Names {
  std::optional<std::string> program;
  std::optional<uint64_t> recipient;
  std::optional<BatchId> batch;
  std::optional<PaymentId> payment;
};

// REQUIRES: the event has a body.
Names NamesIn(const v1::Event& event);

// The movement that the event carries; nullptr when it carries none.
const v1::Movement* MovementOf(const v1::Event& event);

// Name of the event as stored: "PaymentInstructed".
std::string EventName(const v1::Event& event);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_BODY_H_
