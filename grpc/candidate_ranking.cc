#include "grpc/candidate_ranking.h"

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "grpc/eligibility_decisions.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "grpc/page_scan.h"
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
bool IsEligible(const Candidacy& candidacy, const RecipientState& recipient) {
  return candidacy.outcome == Outcome::kEligible && candidacy.Running() == nullptr &&
         recipient.died_on == 0 && candidacy.decision_fact_version == recipient.fact_version;
}

// The candidates of a programme, as far as the ranking asks.
struct Candidates {
  std::vector<Ranked> eligible;
  std::vector<Position> decrees;  // of all that anyone holds or held
};

// Adds those of one slice.
void AddCandidates(const Views& views, const std::string& code, PageScan& scan,
                   Candidates& candidates) {
  const ProgramState& program = *views.state.FindProgram(code);
  const RecipientNumber after((*scan.after())[0]);
  for (auto it = program.candidates.upper_bound(after); it != program.candidates.end(); ++it) {
    const RecipientState& recipient = *views.state.FindRecipient(*it);
    if (!scan.Look({it->value(), 0, 0}) || !scan.DependsOn(recipient.last)) return;
    const Candidacy& candidacy = *program.FindCandidacy(*it);
    for (const Entitlement& entitlement : candidacy.entitlements) {
      candidates.decrees.push_back(entitlement.decree_position);
    }
    if (!IsEligible(candidacy, recipient)) continue;
    candidates.eligible.push_back(
        {*it, *candidacy.decision_position, recipient.assessment_position});
  }
}

// All of the programme at `head`, in slices between which the projector and others go on.
absl::StatusOr<Candidates> FindCandidates(const Moment& moment, const std::string& code,
                                          const ProjectionHead& head, const CallLife& life) {
  Candidates candidates;
  PageKey after = {};
  for (bool more = true; more;) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
    PageScan scan(/*max_rows=*/0, after, head);
    RETURN_IF_ERROR(
        moment.Read([&](const Views& views) { AddCandidates(views, code, scan, candidates); }));
    if (scan.changed()) {
      moment.GoBackTo(head.size);
      return absl::AbortedError("candidates changed meanwhile");
    }
    more = scan.more();
    after = scan.done();
  }
  return candidates;
}

// The free slots of a programme: how many, and the lowest of them.
struct FreeSlots {
  uint32_t count = 0;
  std::vector<v1::RankedCandidate> lowest;  // As the suggestion that each makes.
};

// Adds the free ones of one slice of slots, from `next` on, until there are `wanted` of them; false
// when there are.
bool AddFreeSlots(const ProgramState& program, size_t wanted, uint32_t& next, FreeSlots& free) {
  const uint32_t end = next + kMaxPageLooks;
  for (; next < end && free.lowest.size() < wanted; ++next) {
    const SlotState state = program.SlotOf(next);
    if (state.running) continue;
    v1::RankedCandidate& place = free.lowest.emplace_back();
    place.set_slot(next);
    place.set_holder(state.holders + 1);
    place.set_replaces(state.last_holder.value());
  }
  return free.lowest.size() < wanted;
}

// At most `limit` of them, by rising number, in slices between which the projector goes on: they
// pass only taken slots, never the quota. NOT_FOUND when there is no such programme. Sets `head` to
// where the first slice stood: whoever takes or leaves a slot later is a candidate that changed,
// which FindCandidates sees.
absl::StatusOr<FreeSlots> FindFreeSlots(const Moment& moment, const std::string& code, size_t limit,
                                        const CallLife& life, ProjectionHead& head) {
  FreeSlots free;
  size_t wanted = 0;
  uint32_t next = 1;
  for (bool more = true; more;) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
    bool found = false;
    RETURN_IF_ERROR(moment.Read([&](const Views& views) {
      const ProgramState* program = views.state.FindProgram(code);
      found = program != nullptr;
      if (!found) return;
      if (next == 1) {
        head = views.head;
        free.count = program->terms.quota - program->running_entitlements;
        wanted = std::min<size_t>(limit, free.count);
      }
      more = AddFreeSlots(*program, wanted, next, free);
    }));
    if (!found) return ToStatus(ProgramUnknown(code));
  }
  return free;
}

// How many of these decrees rest on the document.
absl::StatusOr<uint32_t> CountDecreed(const EventLog& log, std::vector<Position> decrees,
                                      const v1::Document& document, const CallLife& life) {
  uint32_t count = 0;
  RETURN_IF_ERROR(ReadEventsAt(log, std::move(decrees), [&](Position, const Event& event) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
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
  ProjectionHead head;
  ASSIGN_OR_RETURN(FreeSlots free,
                   FindFreeSlots(moment, request.program(), request.count(), life, head));
  *response.mutable_true_at() = ToProto(head);
  ASSIGN_OR_RETURN(Candidates found_candidates,
                   FindCandidates(moment, request.program(), head, life));
  std::vector<Ranked>& candidates = found_candidates.eligible;
  // By assessment, so that those read together stand together.
  std::sort(candidates.begin(), candidates.end(),
            [](const Ranked& a, const Ranked& b) { return a.assessment < b.assessment; });
  RETURN_IF_ERROR(FillDeciles(parts, sealing, life, candidates));
  std::sort(candidates.begin(), candidates.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.decile, a.decision) < std::tie(b.decile, b.decision);
  });

  if (!request.has_decree()) found_candidates.decrees.clear();
  ASSIGN_OR_RETURN(
      const uint32_t decreed,
      CountDecreed(parts.log, std::move(found_candidates.decrees), request.decree(), life));
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
