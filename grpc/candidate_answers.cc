#include "grpc/candidate_answers.h"

#include <algorithm>
#include <vector>

#include "grpc/convert_records.h"
#include "grpc/recipient_answer.h"
#include "ledger/base/status_macros.h"

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
  std::pair<uint64_t, uint64_t> key() const { return {entitlement->slot, entitlement->holder}; }
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

}  // namespace

absl::StatusOr<v1::ListCandidatesResponse> CandidateList(const Views& views,
                                                         const v1::ListCandidatesRequest& request) {
  ItemReader reader;
  reader.ReadOptionalEnum<int>("filter", request.filter());
  if (!reader.ok()) return ToStatus(*reader.fault());
  const ProgramState* program = views.state.FindProgram(request.program());
  if (program == nullptr) return ToStatus(ProgramUnknown(request.program()));
  std::vector<RecipientNumber> numbers;
  for (const auto& [number, candidacy] : program->candidacies) {
    if (Passes(request.filter(), candidacy, *views.state.FindRecipient(number))) {
      numbers.push_back(number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  v1::ListCandidatesResponse response;
  for (const RecipientNumber number : numbers) {
    *response.add_candidates() =
        ToCandidate(number, *program->FindCandidacy(number), *views.state.FindRecipient(number));
  }
  return response;
}

absl::StatusOr<v1::ListEntitlementsResponse> EntitlementList(
    const Views& views, const v1::ListEntitlementsRequest& request) {
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
  std::vector<Place> places;
  for (const auto& [recipient, candidacy] : program->candidacies) {
    for (const Entitlement& entitlement : candidacy.entitlements) {
      const Place place{recipient, &entitlement};
      if (Passes(state, *program, place, request)) places.push_back(place);
    }
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.key() < b.key(); });
  v1::ListEntitlementsResponse response;
  for (const Place& place : places) {
    v1::ListedEntitlement& listed = *response.add_entitlements();
    *listed.mutable_entitlement() = ToProto(state, *program, place.recipient, *place.entitlement);
    if (payable) AddPayment(state, *program, place, *tranche, listed);
  }
  return response;
}

absl::Status FillReplaces(const EventLog& log, v1::ListEntitlementsResponse& response) {
  std::vector<v1::Entitlement*> entitlements;
  for (v1::ListedEntitlement& listed : *response.mutable_entitlements()) {
    entitlements.push_back(listed.mutable_entitlement());
  }
  return FillReplaces(log, entitlements);
}

}  // namespace bansos
