#include "grpc/candidate_ranking.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "grpc/eligibility_decisions.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// The welfare decile (desil) of the catalogue; who has none, or one out of range, comes last.
constexpr char kDecileIndicator[] = "desil";
constexpr int64_t kDecileMin = 1;
constexpr int64_t kDecileMax = 10;
constexpr int64_t kNoDecile = std::numeric_limits<int64_t>::max();

// Assessments unsealed between two looks at whether the caller still waits.
constexpr size_t kChunk = 8192;

struct Ranked {
  RecipientNumber recipient;
  Position decision;
  std::optional<Position> assessment;
  int64_t decile = kNoDecile;
};

// Eligible by a fresh decision, alive and not entitled.
std::vector<Ranked> FindEligible(const State& state, const ProgramState& program) {
  std::vector<Ranked> eligible;
  for (const auto& [number, candidacy] : program.candidacies) {
    if (candidacy.outcome != Outcome::kEligible || candidacy.Running() != nullptr) continue;
    const RecipientState* recipient = state.FindRecipient(number);
    if (recipient == nullptr || recipient->died_on != 0) continue;
    if (candidacy.decision_fact_version != recipient->fact_version) continue;
    eligible.push_back({number, *candidacy.decision_position, recipient->assessment_position});
  }
  return eligible;
}

// The free slots of a programme: how many, and the lowest of them.
struct FreeSlots {
  uint32_t count = 0;
  std::vector<v1::RankedCandidate> lowest;  // As the suggestion that each makes.
};

// At most `limit` of them, by rising number: it passes only taken slots, never the quota.
FreeSlots FindFreeSlots(const ProgramState& program, size_t limit) {
  FreeSlots free;
  free.count = program.terms.quota - program.running_entitlements;
  const size_t wanted = std::min<size_t>(limit, free.count);
  for (uint32_t slot = 1; free.lowest.size() < wanted; ++slot) {
    const SlotState state = program.SlotOf(slot);
    if (state.running) continue;
    v1::RankedCandidate& place = free.lowest.emplace_back();
    place.set_slot(slot);
    place.set_holder(state.holders + 1);
    place.set_replaces(state.last_holder.value());
  }
  return free;
}

// Where the entitlements of the programme were decreed, ended ones too.
std::vector<Position> FindDecrees(const ProgramState& program) {
  std::vector<Position> decrees;
  for (const auto& [number, candidacy] : program.candidacies) {
    for (const Entitlement& entitlement : candidacy.entitlements) {
      decrees.push_back(entitlement.decree_position);
    }
  }
  return decrees;
}

// How many of these decrees rest on the document.
absl::StatusOr<uint32_t> CountDecreed(const EventLog& log, std::vector<Position> decrees,
                                      const v1::Document& document) {
  uint32_t count = 0;
  RETURN_IF_ERROR(ReadEventsAt(log, std::move(decrees), [&](Position, const Event& event) {
    const std::optional<Document>& of = event.envelope.document;
    count += of && of->kind == document.kind() && of->number == document.number();
    return absl::OkStatus();
  }));
  return count;
}

absl::Status FillDeciles(const ServiceParts& parts, const Sealing& sealing, const CallLife& life,
                         std::vector<Ranked>& candidates) {
  for (size_t first = 0; first < candidates.size(); first += kChunk) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
    absl::flat_hash_map<Position, Ranked*> by_assessment;
    std::vector<Position> positions;
    for (size_t i = first; i < std::min(first + kChunk, candidates.size()); ++i) {
      if (!candidates[i].assessment.has_value()) continue;
      by_assessment[*candidates[i].assessment] = &candidates[i];
      positions.push_back(*candidates[i].assessment);
    }
    RETURN_IF_ERROR(ReadAssessments(parts.log, sealing, std::move(positions),
                                    [&](Position position, const IndicatorValues& values) {
                                      const auto decile = values.find(kDecileIndicator);
                                      if (decile == values.end() || decile->second < kDecileMin ||
                                          decile->second > kDecileMax) {
                                        return;
                                      }
                                      by_assessment[position]->decile = decile->second;
                                    }));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::RankCandidatesResponse> RankingAnswer(const ServiceParts& parts,
                                                         const Sealing& sealing,
                                                         const Moment& moment,
                                                         const v1::RankCandidatesRequest& request,
                                                         const CallLife& life) {
  if (request.count() < 1 || request.count() > kMaxRankedCandidates) {
    return ToStatus(FaultOf(
        Refusal{RefusalCode::kBadNumber, absl::StrCat("count must be 1 to ", kMaxRankedCandidates)},
        "count"));
  }
  v1::RankCandidatesResponse response;
  std::vector<Ranked> candidates;
  FreeSlots free;
  std::vector<Position> decrees;
  bool found = false;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    const ProgramState* program = views.state.FindProgram(request.program());
    found = program != nullptr;
    if (!found) return;
    *response.mutable_true_at() = ToProto(views.head);
    candidates = FindEligible(views.state, *program);
    free = FindFreeSlots(*program, std::min<size_t>(request.count(), candidates.size()));
    if (request.has_decree()) decrees = FindDecrees(*program);
  }));
  if (!found) return ToStatus(ProgramUnknown(request.program()));
  // By assessment, so that those read together stand together.
  std::sort(candidates.begin(), candidates.end(),
            [](const Ranked& a, const Ranked& b) { return a.assessment < b.assessment; });
  RETURN_IF_ERROR(FillDeciles(parts, sealing, life, candidates));
  std::sort(candidates.begin(), candidates.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.decile, a.decision) < std::tie(b.decile, b.decision);
  });

  ASSIGN_OR_RETURN(const uint32_t decreed,
                   CountDecreed(parts.log, std::move(decrees), request.decree()));
  response.set_already_decreed(decreed);
  response.set_free_slots(free.count);
  response.set_eligible(candidates.size());
  const size_t wanted = request.count() - std::min(request.count(), decreed);
  const size_t count = std::min({wanted, candidates.size(), free.lowest.size()});
  for (size_t i = 0; i < count; ++i) {
    v1::RankedCandidate& ranked = *response.add_ranked();
    ranked = std::move(free.lowest[i]);
    ranked.set_recipient(candidates[i].recipient.value());
    ranked.set_decision_position(candidates[i].decision.value());
  }
  return response;
}

}  // namespace bansos
