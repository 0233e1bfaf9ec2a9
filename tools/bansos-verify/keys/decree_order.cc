#include "tools/bansos-verify/keys/decree_order.h"

#include "absl/strings/str_cat.h"
#include "tools/bansos-verify/replay/body.h"

namespace bansos::verify {
namespace {

namespace v1 = ledger::v1;

// The welfare decile of the catalogue.
constexpr char kDecileIndicator[] = "desil";

bool IsEligible(const replay::State& state, const replay::CandidateId& id) {
  const replay::CandidateRecord* candidate = replay::Find(state.candidates, id);
  const replay::RecipientRecord& recipient = state.recipients.at(id.recipient);
  return candidate != nullptr && candidate->decision.has_value() &&
         candidate->decision->outcome == v1::OUTCOME_ELIGIBLE &&
         candidate->decision->fact_version == recipient.fact_version && recipient.alive;
}

bool IsEntitled(const replay::State& state, const replay::CandidateId& id) {
  const auto* decrees = replay::Find(state.entitlements_of, id.recipient);
  if (decrees == nullptr) return false;
  for (const uint64_t decree : *decrees) {
    const replay::EntitlementRecord& entitlement = state.entitlements.at(decree);
    if (entitlement.running && entitlement.candidate == id) return true;
  }
  return false;
}

}  // namespace

void DecreeOrder::Take(const replay::State& state, const v1::Event& event,
                       const AssessedValues& values) {
  if (event.has_recipient_decreed()) {
    return Take(state, event.document(), event.recipient_decreed(), values);
  }
  if (event.has_eligibility_decided()) {
    return Take(state, event.eligibility_decided(), values);
  }
  replay::VisitBody(event, [&](const auto& body) -> replay::Verdict {
    if constexpr (requires { body.recipient(); }) Leave(state, body.recipient());
    return replay::kAllowed;
  });
}

DecreeOrder::Rank DecreeOrder::RankOf(const AssessedValues& values, uint64_t recipient,
                                      uint64_t decision) {
  const std::optional<int64_t> decile = values.ValueOf(recipient, kDecileIndicator);
  const bool known = decile.has_value() && *decile >= 1 && *decile < int64_t{kRankClasses};
  return {known ? static_cast<size_t>(*decile) - 1 : kRankClasses - 1, decision};
}

void DecreeOrder::Leave(const replay::State& state, uint64_t recipient) {
  const auto found = ranks_.find(recipient);
  if (found == ranks_.end()) return;
  std::erase_if(found->second, [&](const auto& entry) {
    const auto& [program, rank] = entry;
    const replay::CandidateId id{program, recipient};
    const replay::CandidateRecord& candidate = state.candidates.at(id);
    if (IsEligible(state, id) && candidate.decision->position == rank.decision) return false;
    Waiting& waiting = waiting_.at(program);
    waiting.classes[rank.rank_class].erase(rank.decision);
    --waiting.count;
    return true;
  });
  if (found->second.empty()) ranks_.erase(found);
}

void DecreeOrder::Take(const replay::State& state, const v1::EligibilityDecided& decided,
                       const AssessedValues& values) {
  Leave(state, decided.recipient());
  const replay::CandidateId id{decided.program(), decided.recipient()};
  if (!IsEligible(state, id) || IsEntitled(state, id)) return;
  const Rank rank = RankOf(values, id.recipient, state.candidates.at(id).decision->position);
  Waiting& waiting = waiting_[id.program];
  waiting.classes[rank.rank_class][rank.decision] = id.recipient;
  ++waiting.count;
  ranks_[id.recipient][id.program] = rank;
}

void DecreeOrder::Take(const replay::State& state, const v1::Document& document,
                       const v1::RecipientDecreed& decreed, const AssessedValues& values) {
  const uint64_t position = state.next_position - 1;
  const replay::ProgramRecord& program = state.programs.at(decreed.program());
  const size_t free_places = program.quota - program.running_slots.size();
  Waiting& waiting = waiting_[decreed.program()];
  const auto [it, is_first] =
      decrees_.try_emplace({decreed.program(), document.kind(), document.number()});
  Decree& decree = it->second;
  // Before this entry one place more was free.
  if (is_first) decree = {.first = position, .over_quota = waiting.count > free_places + 1};
  const replay::CandidateId id{decreed.program(), decreed.recipient()};
  const Rank rank = RankOf(values, id.recipient, state.candidates.at(id).decision->position);
  if (is_first || decree.last_rank < rank) {
    decree.last_rank = rank;
    decree.last_position = position;
    decree.last_recipient = id.recipient;
  }
  Leave(state, id.recipient);
  decree.left_behind.reset();
  if (decree.over_quota && waiting.count > free_places) {
    decree.left_behind = FirstBefore(waiting, decree);
  }
}

std::optional<uint64_t> DecreeOrder::FirstBefore(const Waiting& waiting, const Decree& decree) {
  for (size_t i = 0; i < kRankClasses; ++i) {
    if (waiting.classes[i].empty()) continue;
    const auto& [decision, recipient] = *waiting.classes[i].begin();
    if (Rank{i, decision} < decree.last_rank && decision < decree.first) return recipient;
  }
  return std::nullopt;
}

std::optional<Fault> DecreeOrder::Finish() const {
  const Decree* first = nullptr;
  const DecreeId* id = nullptr;
  for (const auto& [of, decree] : decrees_) {
    if (!decree.left_behind) continue;
    if (first != nullptr && first->last_position < decree.last_position) continue;
    first = &decree;
    id = &of;
  }
  if (first == nullptr) return std::nullopt;
  const auto& [program, kind, number] = *id;
  return Fault{
      .position = first->last_position,
      .rule = "kDecreeOrder",
      .reason = absl::StrCat("recipient ", first->last_recipient, " was decreed for ", program,
                             " by ", kind, " ", number, ", and recipient ", *first->left_behind,
                             ", who ranks before (lower decile, then earlier decision) and was "
                             "eligible all through that decree, was left without a place")};
}

}  // namespace bansos::verify
