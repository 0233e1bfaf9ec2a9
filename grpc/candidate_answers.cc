#include "grpc/candidate_answers.h"

#include <algorithm>
#include <vector>

#include "absl/functional/function_ref.h"
#include "grpc/convert_records.h"
#include "grpc/recipient_answer.h"

namespace bansos {
namespace {

bool IsStale(const Candidacy& candidacy, const RecipientState& recipient) {
  return candidacy.decision_position.has_value() &&
         candidacy.decision_fact_version != recipient.fact_version;
}

bool Passes(v1::CandidateFilter filter, const Candidacy& candidacy,
            const RecipientState& recipient) {
  switch (filter) {
    case v1::CANDIDATE_FILTER_NEEDS_DECISION:
      // The decree itself makes its decision stale: who is entitled needs no other.
      return candidacy.Running() == nullptr &&
             (!candidacy.decision_position.has_value() || IsStale(candidacy, recipient));
    case v1::CANDIDATE_FILTER_ELIGIBLE_UNDECREED:
      return candidacy.outcome == Outcome::kEligible && !IsStale(candidacy, recipient) &&
             candidacy.Running() == nullptr;
    default:
      return true;
  }
}

v1::Candidate ToCandidate(RecipientNumber number, const Candidacy& candidacy,
                          const RecipientState& recipient) {
  v1::Candidate proto;
  proto.set_recipient(number.value());
  proto.set_candidate_class(candidacy.candidate_class);
  proto.set_work_area(FormatArea(candidacy.work_area));
  proto.set_area(FormatArea(recipient.area));
  proto.set_outcome(static_cast<ledger::v1::Outcome>(candidacy.outcome));
  if (candidacy.decision_position.has_value()) {
    proto.set_decision_position(candidacy.decision_position->value());
  }
  proto.set_decision_stale(IsStale(candidacy, recipient));
  proto.set_entitled(candidacy.Running() != nullptr);
  proto.set_fact_version(recipient.fact_version);
  return proto;
}

// An entitlement of a programme with whose it is.
struct Place {
  RecipientNumber recipient;
  const Entitlement* entitlement = nullptr;
};

// The payment of the tranche that stands in the way of another one, if any.
const PaymentState* Standing(const State& state,
                             const absl::flat_hash_map<TrancheOf, PaymentIndex>& payments,
                             uint32_t tranche, uint64_t number) {
  const auto latest = payments.find({tranche, number});
  if (latest == payments.end()) return nullptr;
  const PaymentState& payment = state.at(latest->second);
  const bool ended =
      payment.phase == PaymentPhase::kWithdrawn || payment.phase == PaymentPhase::kRemitted;
  return ended ? nullptr : &payment;
}

bool Payable(const State& state, const ProgramState& program, const Place& place,
             uint32_t tranche) {
  return place.entitlement->Owes(tranche) && state.FindRecipient(place.recipient)->died_on == 0 &&
         Standing(state, program.payment_of_recipient, tranche, place.recipient.value()) ==
             nullptr &&
         Standing(state, program.payment_of_slot, tranche, place.entitlement->slot) == nullptr;
}

bool Passes(const State& state, const ProgramState& program, const Place& place,
            const v1::ListEntitlementsRequest& request) {
  switch (request.filter()) {
    case v1::ENTITLEMENT_FILTER_RUNNING:
      return place.entitlement->running;
    case v1::ENTITLEMENT_FILTER_DIED_BUT_RUNNING:
      return place.entitlement->running && state.FindRecipient(place.recipient)->died_on != 0;
    case v1::ENTITLEMENT_FILTER_PAYABLE:
      return Payable(state, program, place, request.tranche());
    default:
      return true;
  }
}

void AddPayment(const State& state, const ProgramState& program, const Place& place,
                const Tranche& tranche, v1::ListedEntitlement& listed) {
  const auto latest = program.payment_of_recipient.find({tranche.number, place.recipient.value()});
  const bool first = latest == program.payment_of_recipient.end();
  listed.set_payment_number(first ? 1 : state.at(latest->second).number + 1);
  listed.set_payment_amount(program.terms.amount_by_decree ? place.entitlement->amount
                                                           : tranche.amount);
}

// Who held the slot, the first holder first, from the one behind `after` on.
std::vector<Place> HoldersOf(const ProgramState& program, uint32_t slot, uint64_t after) {
  std::vector<Place> places;
  const SlotState state = program.SlotOf(slot);
  RecipientNumber recipient = state.last_holder;
  for (uint32_t holder = state.holders; holder > after; --holder) {
    const Candidacy* candidacy = program.FindCandidacy(recipient);
    const Entitlement* entitlement =
        candidacy == nullptr ? nullptr : candidacy->FindEntitlement(slot, holder);
    // Each decree names whom it replaces; rule 3.
    if (entitlement == nullptr) break;
    places.push_back({recipient, entitlement});
    recipient = entitlement->replaces;
  }
  std::reverse(places.begin(), places.end());
  return places;
}

// Whether a slot can be paid depends on all who ever held it.
bool DependsOnHolders(const State& state, const ProgramState& program, uint32_t slot,
                      PageScan& scan) {
  for (const Place& place : HoldersOf(program, slot, 0)) {
    if (!scan.DependsOn(state.FindRecipient(place.recipient)->last)) return false;
  }
  return true;
}

// Calls visit(place) for each entitlement of the page until it returns false. `payable`: the list
// depends on what is paid.
void ForEachPlace(const State& state, const ProgramState& program, bool payable, PageScan& scan,
                  absl::FunctionRef<bool(const Place&)> visit) {
  const PageKey after = scan.after().value_or(PageKey{});
  const auto first = static_cast<uint32_t>(after[0]);
  for (auto it = program.slots.lower_bound(first); it != program.slots.end(); ++it) {
    const uint32_t slot = it->first;
    if (payable && !DependsOnHolders(state, program, slot, scan)) return;
    const uint64_t held = slot == first ? after[1] : 0;
    for (const Place& place : HoldersOf(program, slot, held)) {
      if (!scan.Look({slot, place.entitlement->holder, 0})) return;
      if (scan.IsNew(place.entitlement->decree_position)) continue;
      if (!scan.DependsOn(state.FindRecipient(place.recipient)->last) || !visit(place)) return;
    }
  }
}

}  // namespace

absl::StatusOr<v1::ListCandidatesResponse> CandidatePage(const Views& views,
                                                         const v1::ListCandidatesRequest& request,
                                                         PageScan& scan) {
  ItemReader reader;
  reader.ReadOptionalEnum<int>("filter", request.filter());
  if (!reader.ok()) return ToStatus(*reader.fault());
  const ProgramState* program = views.state.FindProgram(request.program());
  if (program == nullptr) return ToStatus(ProgramUnknown(request.program()));
  v1::ListCandidatesResponse response;
  const RecipientNumber after(scan.after().has_value() ? (*scan.after())[0] : 0);
  for (auto it = program->candidates.upper_bound(after); it != program->candidates.end(); ++it) {
    if (!scan.Look({it->value(), 0, 0})) break;
    const Candidacy& candidacy = *program->FindCandidacy(*it);
    const RecipientState& recipient = *views.state.FindRecipient(*it);
    if (!scan.DependsOn(recipient.last)) break;
    if (!Passes(request.filter(), candidacy, recipient)) continue;
    if (!scan.Take()) break;
    *response.add_candidates() = ToCandidate(*it, candidacy, recipient);
  }
  return response;
}

absl::StatusOr<v1::ListEntitlementsResponse> EntitlementPage(
    const Views& views, const v1::ListEntitlementsRequest& request, PageScan& scan) {
  ItemReader reader;
  reader.ReadOptionalEnum<int>("filter", request.filter());
  if (!reader.ok()) return ToStatus(*reader.fault());
  const State& state = views.state;
  const ProgramState* program = state.FindProgram(request.program());
  if (program == nullptr) return ToStatus(ProgramUnknown(request.program()));
  const bool payable = request.filter() == v1::ENTITLEMENT_FILTER_PAYABLE;
  const Tranche* tranche = program->FindTranche(request.tranche());
  if (payable && tranche == nullptr) {
    return ToStatus(
        FaultOf(Refusal{RefusalCode::kTrancheUnknown,
                        absl::StrCat(request.program(), " has no tranche ", request.tranche())},
                "tranche"));
  }
  v1::ListEntitlementsResponse response;
  // What is paid in a tranche can be amended.
  if (payable && !scan.DependsOn(program->last)) return response;
  ForEachPlace(state, *program, payable, scan, [&](const Place& place) {
    if (!Passes(state, *program, place, request)) return true;
    if (!scan.Take()) return false;
    v1::ListedEntitlement& listed = *response.add_entitlements();
    *listed.mutable_entitlement() = ToProto(state, *program, place.recipient, *place.entitlement);
    if (payable) AddPayment(state, *program, place, *tranche, listed);
    return true;
  });
  return response;
}

}  // namespace bansos
