#include "grpc/audit_answers.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grpc/convert_records.h"
#include "grpc/event_reader.h"
#include "grpc/limits.h"
#include "grpc/log_pages.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/key.h"

namespace bansos {
namespace {

absl::StatusOr<Subject> ToSubject(const v1::GetTimelineRequest& request) {
  switch (request.subject_case()) {
    case v1::GetTimelineRequest::kRecipient:
      return Subject(RecipientNumber(request.recipient()));
    case v1::GetTimelineRequest::kBatch:
      return Subject(FromProto(request.batch()));
    case v1::GetTimelineRequest::kProgram:
      return Subject(ProgramSubject{request.program()});
    case v1::GetTimelineRequest::kLedger:
      return Subject(LedgerSubject());
    case v1::GetTimelineRequest::SUBJECT_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError(
      "subject is not stated. Name a recipient, a batch, a programme or the ledger.");
}

// Why a subject has no chain.
absl::Status SubjectUnknown(const v1::GetTimelineRequest& request) {
  switch (request.subject_case()) {
    case v1::GetTimelineRequest::kRecipient:
      return ToStatus(RecipientUnknown(RecipientNumber(request.recipient())));
    case v1::GetTimelineRequest::kBatch:
      return ToStatus(BatchUnknown());
    default:
      return ToStatus(ProgramUnknown(request.program()));
  }
}

// Adds events from `next` downward along the chain; where the next page begins, if anywhere.
absl::StatusOr<std::optional<Position>> AddChain(const EventLog& log, Position next, uint32_t limit,
                                                 const CallLife& life,
                                                 v1::GetTimelineResponse& response) {
  size_t bytes = 0;
  for (;;) {
    if (life.over()) return absl::CancelledError("the caller does not wait any more");
    ASSIGN_OR_RETURN(const std::string entry, log.Read(next));
    ASSIGN_OR_RETURN(*response.add_events(), ToLoggedEvent(next, entry));
    bytes += entry.size();
    const uint64_t back = response.events().rbegin()->event().back();
    if (back == 0) return std::nullopt;
    if (back > next.value()) {
      return absl::DataLossError(
          absl::StrCat("the chain at position ", next.value(), " leads before the log"));
    }
    next = Position(next.value() - back);
    if (response.events_size() >= static_cast<int>(limit) || bytes >= kMaxPageEntryBytes) {
      return next;
    }
  }
}

// The page of the chain from `next` downward, of an answer that is true at `head`.
absl::StatusOr<v1::GetTimelineResponse> ChainPage(const ServiceParts& parts,
                                                  const ProjectionHead& head, const ChainHead& next,
                                                  const v1::GetTimelineRequest& request,
                                                  const CallLife& life) {
  v1::GetTimelineResponse response;
  *response.mutable_true_at() = ToProto(head);
  if (!next.has_value()) return response;
  ASSIGN_OR_RETURN(const std::optional<Position> more,
                   AddChain(parts.log, *next, PageRows(request.page_size()), life, response));
  if (more.has_value()) {
    response.set_next_page_token(
        parts.pages.Encode(PageScope(request), {head.size, PlaceOf({more->value()})}));
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::GetTimelineResponse> TimelineAnswer(const ServiceParts& parts,
                                                       const Moment& moment,
                                                       const v1::GetTimelineRequest& request,
                                                       const CallLife& life) {
  ASSIGN_OR_RETURN(const Subject subject, ToSubject(request));
  ChainHead next;
  ProjectionHead head;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    head = views.head;
    next = HeadOf(views.state, subject);
  }));
  if (!next.has_value() && !std::holds_alternative<LedgerSubject>(subject)) {
    return SubjectUnknown(request);
  }
  return ChainPage(parts, head, next, request, life);
}

absl::StatusOr<v1::GetTimelineResponse> LaterTimelineAnswer(const ServiceParts& parts,
                                                            const v1::GetTimelineRequest& request,
                                                            const CallLife& life) {
  ASSIGN_OR_RETURN(const PageToken token,
                   parts.pages.Decode(PageScope(request), request.page_token()));
  ASSIGN_OR_RETURN(const std::vector<uint64_t> place, NumbersOf(token.place, 1));
  ASSIGN_OR_RETURN(const ProjectionHead head, HeadAt(parts.log, token.position));
  return ChainPage(parts, head, Position(place.front()), request, life);
}

absl::StatusOr<v1::GetTrialBalanceResponse> TrialBalanceAnswer(
    const ServiceParts& parts, TrialBalances& balances, const ProjectionHead& head,
    const v1::GetTrialBalanceRequest& request, const CallLife& life, const TellProgress& tell) {
  const auto keep_scanning = [&](uint64_t events) {
    tell(events, head.size);
    return !life.over();
  };
  ASSIGN_OR_RETURN(const TrialBalance scanned, balances.At(parts.log, head.size, keep_scanning));
  v1::GetTrialBalanceResponse response;
  *response.mutable_true_at() = ToProto(head);
  const auto asked = [&](const std::string& program) {
    return request.program().empty() || request.program() == program;
  };
  for (const TrialBalanceLine& line : scanned.lines) {
    if (!asked(line.program)) continue;
    v1::TrialBalanceRow& row = *response.add_rows();
    row.set_program(line.program);
    row.set_bucket(static_cast<ledger::v1::Bucket>(line.bucket));
    row.set_debit(line.debit);
    row.set_credit(line.credit);
    row.set_balance(line.balance());
    response.set_total_debit(response.total_debit() + line.debit);
    response.set_total_credit(response.total_credit() + line.credit);
  }
  for (const auto& [program, movements] : scanned.movements) {
    if (asked(program)) response.set_movements(response.movements() + movements);
  }
  return response;
}

}  // namespace bansos
