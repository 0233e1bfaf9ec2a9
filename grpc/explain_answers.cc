#include "grpc/explain_answers.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpc/balance_answers.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "grpc/log_pages.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/log_proofs.h"

namespace bansos {
namespace {

// 16 MiB of positions and changes; a figure with more events behind it is scanned again after so
// many rows.
constexpr uint64_t kMaxHeldChanges = 1'048'576;

// The last event of the recipient that the log has now; an older position is further down its
// chain.
absl::StatusOr<ChainHead> ChainOf(const ServiceParts& parts, RecipientNumber recipient) {
  ChainHead chain;
  RETURN_IF_ERROR(parts.reads.Read([&](const Views& views) {
    if (const RecipientState* state = views.state.FindRecipient(recipient); state != nullptr) {
      chain = state->last;
    }
  }));
  return chain;
}

// The row of balances that has the figure.
void AskBalance(const ServiceParts& parts, const FigureQuestion& question, const Caller& caller,
                Answer<v1::GetBalancesResponse> answer) {
  const v1::GetBalancesRequest& request = question.balances;
  if (request.group_by() == v1::BALANCE_GROUP_RECIPIENT) {
    return parts.reads.Query<v1::GetBalancesResponse>(
        request.read(), caller,
        [&parts, request, life = caller.life](const Moment& moment) {
          return RecipientBalances(parts, moment, request, *life);
        },
        std::move(answer));
  }
  parts.reads.Ask<v1::GetBalancesResponse>(
      request.read(), caller,
      [subject = question.subject](const Views& views) { return GroupBalance(views, subject); },
      std::move(answer));
}

}  // namespace

ExplainAnswers::ExplainAnswers(const ServiceParts& parts)
    : parts_(parts), explanations_(kMaxHeldChanges) {}

void ExplainAnswers::Ask(const v1::ExplainRequest& request, const Caller& caller, TellProgress tell,
                         Answer<v1::ExplainResponse> answer) {
  const absl::StatusOr<FigureQuestion> question = ReadFigureQuestion(request);
  if (!question.ok()) return answer(question.status());
  if (!request.page_token().empty()) {
    const absl::StatusOr<Place> place = ReadPlace(request);
    if (!place.ok()) return answer(place.status());
    return answer(Page(request, *question, *place, *caller.life, tell));
  }
  AskBalance(parts_, *question, caller,
             [this, request, question = *question, life = caller.life, tell = std::move(tell),
              answer = std::move(answer)](absl::StatusOr<v1::GetBalancesResponse> balances) {
               if (!balances.ok()) return answer(balances.status());
               const absl::StatusOr<int64_t> figure = FigureIn(*balances, request);
               if (!figure.ok()) return answer(figure.status());
               const Place place{.size = balances->true_at().position(), .figure = *figure};
               answer(Page(request, question, place, *life, tell));
             });
}

absl::StatusOr<ExplainAnswers::Place> ExplainAnswers::ReadPlace(
    const v1::ExplainRequest& request) const {
  ASSIGN_OR_RETURN(const PageToken token,
                   parts_.pages.Decode(PageScope(request), request.page_token()));
  ASSIGN_OR_RETURN(const std::vector<uint64_t> numbers, NumbersOf(token.place, 2));
  return Place{
      .size = token.position, .figure = static_cast<int64_t>(numbers[1]), .rank = numbers[0]};
}

absl::StatusOr<v1::ExplainResponse> ExplainAnswers::Page(const v1::ExplainRequest& request,
                                                         const FigureQuestion& question,
                                                         const Place& place, const CallLife& life,
                                                         const TellProgress& tell) {
  ASSIGN_OR_RETURN(const ProjectionHead head, HeadAt(parts_.log, place.size));
  const std::string scope = PageScope(request);
  ASSIGN_OR_RETURN(const std::shared_ptr<const Explanation> explanation,
                   explanations_.Get(absl::StrCat(scope, "\n", place.size), place.rank,
                                     [&](ChangeVisitor visit) {
                                       return Scan(question, place.size, life, tell, visit);
                                     }));
  if (explanation->sum != place.figure) {
    return absl::DataLossError(absl::StrCat(
        "at position ", place.size, " the ", explanation->event_count,
        " events behind the figure add up to ", explanation->sum, ", but the view of balances has ",
        place.figure, ". Run a replay: it tells whether a view or the log is damaged."));
  }
  v1::ExplainResponse response;
  *response.mutable_true_at() = ToProto(head);
  response.set_event_count(explanation->event_count);
  response.set_sum(explanation->sum);
  response.set_figure(place.figure);
  if (request.include_proofs()) RETURN_IF_ERROR(AddRoot(place.size, response));
  ASSIGN_OR_RETURN(const uint64_t next, AddEvents(request, place, *explanation, response));
  if (next < explanation->event_count) {
    response.set_next_page_token(parts_.pages.Encode(
        scope, {place.size, PlaceOf({next, static_cast<uint64_t>(place.figure)})}));
  }
  return response;
}

absl::Status ExplainAnswers::Scan(const FigureQuestion& question, uint64_t size,
                                  const CallLife& life, const TellProgress& tell,
                                  ChangeVisitor visit) const {
  const BalanceSubject& subject = question.subject;
  if (!subject.is_recipient()) {
    const auto keep_scanning = [&](uint64_t events) {
      tell(events, size);
      return !life.over();
    };
    return ScanChanges(parts_.log, size, subject, question.figure, keep_scanning, visit);
  }
  ASSIGN_OR_RETURN(const ChainHead chain, ChainOf(parts_, subject.recipient));
  if (!chain.has_value()) return absl::OkStatus();
  const auto keep_walking = [&](uint64_t) { return !life.over(); };
  return WalkChanges(parts_.log, size, *chain, subject.recipient, question.figure, keep_walking,
                     visit);
}

absl::StatusOr<uint64_t> ExplainAnswers::AddEvents(const v1::ExplainRequest& request,
                                                   const Place& place,
                                                   const Explanation& explanation,
                                                   v1::ExplainResponse& response) const {
  const uint64_t end = std::min(explanation.end_rank(), place.rank + PageRows(request.page_size()));
  std::vector<Position> positions;
  for (uint64_t rank = place.rank; rank < end; ++rank) {
    positions.push_back(explanation.held[rank - explanation.first_rank].position);
  }
  uint64_t next = place.rank;
  size_t bytes = 0;
  RETURN_IF_ERROR(
      ReadEntriesAt(parts_.log, std::move(positions),
                    [&](Position position, std::string_view entry) -> absl::StatusOr<bool> {
                      v1::ExplainedEvent& added = *response.add_events();
                      ASSIGN_OR_RETURN(*added.mutable_event(), ToLoggedEvent(position, entry));
                      added.set_change(explanation.held[next - explanation.first_rank].change);
                      if (request.include_proofs()) RETURN_IF_ERROR(AddProof(place.size, added));
                      ++next;
                      for (const std::string& hash : added.proof()) bytes += hash.size();
                      bytes += entry.size();
                      return bytes < kMaxPageEntryBytes;
                    }));
  return next;
}

absl::Status ExplainAnswers::AddProof(uint64_t size, v1::ExplainedEvent& event) const {
  ASSIGN_OR_RETURN(const InclusionProof inclusion,
                   parts_.proofs.Inclusion(Position(event.event().position()), size));
  for (const Hash& hash : inclusion.proof) event.add_proof(std::string(AsBytes(hash)));
  return absl::OkStatus();
}

absl::Status ExplainAnswers::AddRoot(uint64_t size, v1::ExplainResponse& response) const {
  const LogHead head = parts_.log.Head();
  if (size == head.size) {
    response.set_root(std::string(AsBytes(head.root)));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const ConsistencyProof consistency, parts_.proofs.Consistency(size, head.size));
  response.set_root(std::string(AsBytes(consistency.old_root)));
  return absl::OkStatus();
}

}  // namespace bansos
