#include "ledger/domain/entitlement.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/domain/criterion.h"
#include "ledger/domain/date.h"
#include "ledger/domain/program.h"
#include "ledger/domain/recipient.h"

namespace bansos {
namespace {

absl::Status OutOfPlace(const char* what, RecipientNumber recipient) {
  return absl::DataLossError(absl::StrCat("the log has ", what, " of recipient ", recipient.value(),
                                          " where none can be"));
}

std::string Naming(const std::string& program, RecipientNumber recipient) {
  return absl::StrCat(program, " recipient ", recipient.value());
}

bool AllStated(const std::vector<Truth>& truths) {
  return std::all_of(truths.begin(), truths.end(), [](Truth truth) {
    return truth == Truth::kFalse || truth == Truth::kTrue || truth == Truth::kUnknown;
  });
}

bool AllUnknown(const std::vector<Truth>& truths) {
  return std::all_of(truths.begin(), truths.end(),
                     [](Truth truth) { return truth == Truth::kUnknown; });
}

Check CheckSlot(const ProgramState& program, const RecipientDecreed& event) {
  const std::string place = absl::StrCat(event.program, " slot ", event.slot);
  REFUSE_IF(
      program.running_entitlements >= program.terms.quota || event.slot > program.terms.quota,
      RefusalCode::kQuotaExceeded,
      absl::StrCat(place, ", ", program.running_entitlements, " running of ", program.terms.quota));
  const SlotState slot = program.SlotOf(event.slot);
  REFUSE_IF(slot.running, RefusalCode::kSlotTaken,
            absl::StrCat(place, " by recipient ", slot.last_holder.value()));
  REFUSE_IF(event.holder != slot.holders + 1, RefusalCode::kHolderOutOfOrder,
            absl::StrCat(place, " holder ", event.holder, " after ", slot.holders));
  REFUSE_IF(event.replaces != slot.last_holder, RefusalCode::kWrongPredecessor,
            absl::StrCat(place, " was held by recipient ", slot.last_holder.value()));
  return std::nullopt;
}

}  // namespace

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const CandidateProposed& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  if (program == nullptr || recipient == nullptr) return OutOfPlace("a proposal", event.recipient);
  Candidacy& candidacy = program->candidacies[event.recipient];
  candidacy.candidate_class = event.candidate_class;
  candidacy.work_area = event.work_area;
  candidacy.proposed_at = context.position;
  program->candidates.insert(event.recipient);
  ++recipient->fact_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const EligibilityDecided& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  if (program == nullptr || program->FindCandidacy(event.recipient) == nullptr) {
    return OutOfPlace("a decision", event.recipient);
  }
  Candidacy& candidacy = program->candidacies[event.recipient];
  candidacy.decision_position = context.position;
  candidacy.decision_rule_set = event.rule_set_version;
  candidacy.decision_fact_version = event.fact_version;
  candidacy.outcome = event.outcome;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const RecipientDecreed& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  if (program == nullptr || recipient == nullptr || event.slot == 0 ||
      event.slot > program->terms.quota || program->FindCandidacy(event.recipient) == nullptr) {
    return OutOfPlace("a decree", event.recipient);
  }
  Entitlement entitlement;
  entitlement.slot = event.slot;
  entitlement.holder = event.holder;
  entitlement.first_tranche = event.first_tranche;
  entitlement.amount = event.amount;
  entitlement.replaces = event.replaces;
  entitlement.decree_position = context.position;
  program->candidacies[event.recipient].entitlements.push_back(entitlement);
  program->slots[event.slot] = {event.holder, event.recipient, true};
  ++program->running_entitlements;
  ++recipient->fact_version;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const EntitlementEnded& event) {
  ProgramState* program = context.state.FindProgram(event.program);
  RecipientState* recipient = context.state.FindRecipient(event.recipient);
  const Candidacy* found = program == nullptr ? nullptr : program->FindCandidacy(event.recipient);
  if (recipient == nullptr || found == nullptr || found->Running() == nullptr) {
    return OutOfPlace("an end", event.recipient);
  }
  Entitlement& entitlement = program->candidacies[event.recipient].entitlements.back();
  entitlement.running = false;
  entitlement.end_reason = event.reason;
  entitlement.ended_on = event.ended_on;
  entitlement.last_tranche = event.last_tranche;
  program->slots[entitlement.slot].running = false;
  --program->running_entitlements;
  ++recipient->fact_version;
  return absl::OkStatus();
}

// ---- Decide ----

Check Decide(const DecideContext& context, CandidateProposed& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  const auto& kinds = program.terms.recipient_kinds;
  const RecipientKind kind = context.state.FindRecipient(event.recipient)->kind;
  REFUSE_IF(std::find(kinds.begin(), kinds.end(), kind) == kinds.end(),
            RefusalCode::kKindNotAllowed, Naming(event.program, event.recipient));
  if (event.work_area == 0) return std::nullopt;
  return CheckArea(context, "work area", event.work_area);
}

Check Decide(const DecideContext& context, EligibilityDecided& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  const RecipientState& recipient = *context.state.FindRecipient(event.recipient);
  const std::string who = Naming(event.program, event.recipient);
  REFUSE_IF(program.FindCandidacy(event.recipient) == nullptr, RefusalCode::kNotProposed, who);
  const Date stated = context.envelope.effective_date;
  RETURN_IF_REFUSED(CheckNotInFuture(context, "effective date", stated));
  const RuleSetPublished* rule_set = RuleSetInForce(program, stated == 0 ? context.today : stated);
  REFUSE_IF(rule_set == nullptr || rule_set->version != event.rule_set_version,
            RefusalCode::kRuleSetNotInForce,
            absl::StrCat(who, ", rule set ", event.rule_set_version, ", in force is ",
                         rule_set == nullptr ? 0 : rule_set->version));
  REFUSE_IF(
      event.fact_version != recipient.fact_version, RefusalCode::kFactsChanged,
      absl::StrCat(who, ", fact version ", event.fact_version, ", now ", recipient.fact_version));
  REFUSE_IF(event.assessment_position != recipient.assessment_position,
            RefusalCode::kAssessmentNotLatest, who);
  REFUSE_IF(event.indicator_truths.size() != CountIndicatorCriteria(*rule_set) ||
                !AllStated(event.indicator_truths) ||
                (!event.assessment_position && !AllUnknown(event.indicator_truths)),
            RefusalCode::kBadTruths, who);
  event.fact_truths = EvaluateFacts(*rule_set, context.state, program, event.recipient);
  event.outcome = OutcomeOf(event.indicator_truths, event.fact_truths);
  return std::nullopt;
}

Check Decide(const DecideContext& context, RecipientDecreed& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  const RecipientState& recipient = *context.state.FindRecipient(event.recipient);
  const std::string who = Naming(event.program, event.recipient);
  const Candidacy* candidacy = program.FindCandidacy(event.recipient);
  REFUSE_IF(candidacy == nullptr, RefusalCode::kNotProposed, who);
  REFUSE_IF(!candidacy->decision_position, RefusalCode::kNotDecided, who);
  REFUSE_IF(candidacy->outcome != Outcome::kEligible, RefusalCode::kNotEligible, who);
  REFUSE_IF(candidacy->decision_fact_version != recipient.fact_version, RefusalCode::kDecisionStale,
            absl::StrCat(who, ", decided at fact version ", candidacy->decision_fact_version,
                         ", now ", recipient.fact_version));
  REFUSE_IF(candidacy->Running() != nullptr, RefusalCode::kAlreadyEntitled, who);
  RETURN_IF_REFUSED(CheckSlot(program, event));
  REFUSE_IF(program.FindTranche(event.first_tranche) == nullptr, RefusalCode::kTrancheUnknown,
            absl::StrCat(event.program, " tranche ", event.first_tranche));
  const bool amount_fits = program.terms.amount_by_decree
                               ? event.amount >= 1 && event.amount <= kMaxRupiah
                               : event.amount == 0;
  REFUSE_IF(!amount_fits, RefusalCode::kAmountNotTranche,
            absl::StrCat(who, ", amount ", event.amount));
  event.decision_position = candidacy->decision_position;
  return std::nullopt;
}

Check Decide(const DecideContext& context, EntitlementEnded& event) {
  const ProgramState& program = *context.state.FindProgram(event.program);
  const Candidacy* candidacy = program.FindCandidacy(event.recipient);
  const Entitlement* running = candidacy == nullptr ? nullptr : candidacy->Running();
  REFUSE_IF(running == nullptr || running->slot != event.slot || running->holder != event.holder,
            RefusalCode::kNotEntitled,
            absl::StrCat(Naming(event.program, event.recipient), " slot ", event.slot, " holder ",
                         event.holder));
  const bool possible =
      event.last_tranche == 0 || (program.FindTranche(event.last_tranche) != nullptr &&
                                  event.last_tranche + 1 >= running->first_tranche);
  REFUSE_IF(!possible, RefusalCode::kTrancheUnknown,
            absl::StrCat(event.program, " last tranche ", event.last_tranche));
  return std::nullopt;
}

}  // namespace bansos
