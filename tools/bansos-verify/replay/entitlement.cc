// Entitlements: the place on the decree and its end.
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// The latest holder of the slot; nullptr when it never had one.
const EntitlementRecord* LastHolder(const State& state, const SlotId& slot) {
  const std::vector<uint64_t>* decrees = Find(state.holders, slot);
  if (decrees == nullptr || decrees->empty()) return nullptr;
  return &state.entitlements.at(decrees->back());
}

bool RunsInProgram(const State& state, const CandidateId& candidate) {
  const std::vector<uint64_t>* decrees = Find(state.entitlements_of, candidate.recipient);
  if (decrees == nullptr) return false;
  for (uint64_t decree : *decrees) {
    const EntitlementRecord& entitlement = state.entitlements.at(decree);
    if (entitlement.candidate == candidate && entitlement.running) return true;
  }
  return false;
}

std::string HolderText(const std::string& program, uint32_t slot, uint32_t holder) {
  return absl::StrCat("slot ", slot, " holder ", holder, " of ", program);
}

Verdict CheckDecision(const State& state, const CandidateId& id) {
  const CandidateRecord* candidate = Find(state.candidates, id);
  FAULT_UNLESS(candidate != nullptr, "kNotProposed", "recipient ", id.recipient,
               " is not proposed for ", id.program);
  FAULT_UNLESS(candidate->decision.has_value(), "kNotDecided", "recipient ", id.recipient, " in ",
               id.program, " is not decided");
  FAULT_UNLESS(candidate->decision->outcome == v1::OUTCOME_ELIGIBLE, "kNotEligible", "recipient ",
               id.recipient, " in ", id.program, " is ",
               v1::Outcome_Name(candidate->decision->outcome));
  const uint32_t present = state.recipients.at(id.recipient).fact_version;
  FAULT_UNLESS(candidate->decision->fact_version == present, "kDecisionStale", "recipient ",
               id.recipient, " in ", id.program, " was decided on fact version ",
               candidate->decision->fact_version, " and has ", present);
  return kAllowed;
}

Verdict CheckSlot(const State& state, const v1::RecipientDecreed& decreed) {
  const std::string text = HolderText(decreed.program(), decreed.slot(), decreed.holder());
  const ProgramRecord& program = state.programs.at(decreed.program());
  FAULT_UNLESS(program.running_slots.size() < program.quota && decreed.slot() <= program.quota,
               "kQuotaExceeded", text, ": quota ", program.quota, " with ",
               program.running_slots.size(), " running entitlements");
  const EntitlementRecord* last = LastHolder(state, {decreed.program(), decreed.slot()});
  FAULT_UNLESS(last == nullptr || !last->running, "kSlotTaken", text, ": holder ", last->holder,
               " runs");
  const uint32_t last_number = last == nullptr ? 0 : last->holder;
  FAULT_UNLESS(decreed.holder() == last_number + 1, "kHolderOutOfOrder", text, " after holder ",
               last_number);
  const uint64_t predecessor = last == nullptr ? 0 : last->candidate.recipient;
  FAULT_UNLESS(decreed.replaces() == predecessor, "kWrongPredecessor", text, ": replaces ",
               decreed.replaces(), ", but the holder before is ", predecessor);
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::RecipientDecreed& decreed) {
  RETURN_IF_FAULT(CheckProgramCode(decreed.program()));
  RETURN_IF_FAULT(CheckRecipient(decreed.recipient()));
  RETURN_IF_FAULT(CheckNumber(decreed.slot(), kMaxQuota, "slot"));
  RETURN_IF_FAULT(CheckNumber(decreed.holder(), kMaxHolder, "holder"));
  RETURN_IF_FAULT(CheckNumber(decreed.first_tranche(), kMaxTranches, "first tranche"));
  RETURN_IF_FAULT(CheckAtMost(decreed.replaces(), kMaxRecipientNumber, "the holder before"));
  return CheckTotal(decreed.amount(), "amount of the decree");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::RecipientDecreed& decreed) {
  const CandidateId id{decreed.program(), decreed.recipient()};
  RETURN_IF_FAULT(CheckDecision(state, id));
  FAULT_UNLESS(!RunsInProgram(state, id), "kAlreadyEntitled", "recipient ", id.recipient,
               " is already entitled in ", id.program);
  RETURN_IF_FAULT(CheckSlot(state, decreed));
  const ProgramRecord& program = state.programs.at(id.program);
  FAULT_UNLESS(program.tranches.contains(decreed.first_tranche()), "kTrancheUnknown", "tranche ",
               Text(TrancheId{id.program, decreed.first_tranche()}), " does not exist");
  FAULT_UNLESS(program.amount_by_decree == (decreed.amount() != 0), "kAmountNotTranche",
               "programme ", id.program,
               program.amount_by_decree ? " leaves the amount to the decree, which states none"
                                        : " states the amount, and so does the decree");
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::RecipientDecreed& decreed) {
  const uint64_t position = state.next_position;
  state.entitlements[position] = {.candidate = {decreed.program(), decreed.recipient()},
                                  .slot = decreed.slot(),
                                  .holder = decreed.holder(),
                                  .first_tranche = decreed.first_tranche(),
                                  .amount = decreed.amount()};
  state.holders[{decreed.program(), decreed.slot()}].push_back(position);
  state.entitlements_of[decreed.recipient()].push_back(position);
  state.programs.at(decreed.program()).running_slots.insert(decreed.slot());
  ++state.recipients.at(decreed.recipient()).fact_version;
}

Verdict CheckShape(const v1::EntitlementEnded& ended) {
  RETURN_IF_FAULT(CheckProgramCode(ended.program()));
  RETURN_IF_FAULT(CheckRecipient(ended.recipient()));
  RETURN_IF_FAULT(CheckNumber(ended.slot(), kMaxQuota, "slot"));
  RETURN_IF_FAULT(CheckNumber(ended.holder(), kMaxHolder, "holder"));
  RETURN_IF_FAULT(CheckAtMost(ended.last_tranche(), kMaxTranches, "last tranche"));
  RETURN_IF_FAULT(
      CheckEnum(ended.reason(), v1::EndReason_IsValid(ended.reason()), "reason of the end"));
  return CheckDate(ended.ended_on(), "last day of the entitlement");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::EntitlementEnded& ended) {
  const EntitlementRecord* last = LastHolder(state, {ended.program(), ended.slot()});
  FAULT_UNLESS(last != nullptr && last->running && last->holder == ended.holder() &&
                   last->candidate.recipient == ended.recipient(),
               "kNotEntitled", "recipient ", ended.recipient(), " does not run as ",
               HolderText(ended.program(), ended.slot(), ended.holder()));
  if (ended.last_tranche() == 0) return kAllowed;
  FAULT_UNLESS(state.programs.at(ended.program()).tranches.contains(ended.last_tranche()) &&
                   ended.last_tranche() + 1 >= last->first_tranche,
               "kTrancheUnknown", "last tranche ",
               Text(TrancheId{ended.program(), ended.last_tranche()}),
               " does not exist or is below the first owed, ", last->first_tranche, ", less 1");
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::EntitlementEnded& ended) {
  const uint64_t decree = state.holders.at({ended.program(), ended.slot()}).back();
  EntitlementRecord& entitlement = state.entitlements.at(decree);
  entitlement.running = false;
  entitlement.last_tranche = ended.last_tranche();
  state.programs.at(ended.program()).running_slots.erase(ended.slot());
  ++state.recipients.at(ended.recipient()).fact_version;
}

}  // namespace bansos::replay
