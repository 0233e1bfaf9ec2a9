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
#include "projections/payment_move.h"
#include "projections/trial_balance.h"

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
                                                 v1::GetTimelineResponse& response) {
  size_t bytes = 0;
  for (;;) {
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

// Money movements among the first `size` events, of one programme or of all.
absl::StatusOr<uint64_t> CountMovements(const EventLog& log, uint64_t size,
                                        const std::string& program, const CallLife& life) {
  uint64_t count = 0;
  absl::Status status;
  RETURN_IF_ERROR(
      log.ReadForward(Position(0), Position(size), [&](Position position, std::string_view entry) {
        if (position.value() % kMaxRequestItems == 0 && life.over()) {
          status = absl::CancelledError("the caller does not wait any more");
          return false;
        }
        const absl::StatusOr<Event> event = DecodeEvent(entry);
        if (!event.ok()) {
          status = event.status();
          return false;
        }
        const std::optional<PaymentMove> move = PaymentMoveOf(event->body);
        const auto* budget = std::get_if<BudgetAppropriated>(&event->body);
        const std::string* moved = move.has_value()    ? &move->payment->program
                                   : budget != nullptr ? &budget->program
                                                       : nullptr;
        if (moved != nullptr && (program.empty() || program == *moved)) ++count;
        return true;
      }));
  RETURN_IF_ERROR(status);
  return count;
}

}  // namespace

absl::StatusOr<v1::GetTimelineResponse> TimelineAnswer(const ServiceParts& parts,
                                                       const Moment& moment,
                                                       const v1::GetTimelineRequest& request) {
  ASSIGN_OR_RETURN(const Subject subject, ToSubject(request));
  const std::string scope = PageScope(request);
  v1::GetTimelineResponse response;
  ChainHead next;
  ProjectionHead head;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const PageToken token, parts.pages.Decode(scope, request.page_token()));
    ASSIGN_OR_RETURN(const std::vector<uint64_t> place, NumbersOf(token.place, 1));
    ASSIGN_OR_RETURN(head, HeadAt(parts.log, token.position));
    next = Position(place.front());
  } else {
    RETURN_IF_ERROR(moment.Read([&](const Views& views) {
      head = views.head;
      next = HeadOf(views.state, subject);
    }));
    if (!next.has_value() && !std::holds_alternative<LedgerSubject>(subject)) {
      return SubjectUnknown(request);
    }
  }
  *response.mutable_true_at() = ToProto(head);
  if (!next.has_value()) return response;
  ASSIGN_OR_RETURN(const std::optional<Position> more,
                   AddChain(parts.log, *next, PageRows(request.page_size()), response));
  if (more.has_value()) {
    response.set_next_page_token(parts.pages.Encode(scope, {head.size, PlaceOf({more->value()})}));
  }
  return response;
}

absl::StatusOr<v1::GetTrialBalanceResponse> TrialBalanceAnswer(
    const ServiceParts& parts, const ProjectionHead& head,
    const v1::GetTrialBalanceRequest& request, const CallLife& life) {
  ASSIGN_OR_RETURN(const TrialBalance scanned,
                   ScanTrialBalance(parts.log, head.size, [&] { return !life.over(); }));
  ASSIGN_OR_RETURN(const uint64_t movements,
                   CountMovements(parts.log, head.size, request.program(), life));
  v1::GetTrialBalanceResponse response;
  *response.mutable_true_at() = ToProto(head);
  for (const TrialBalanceLine& line : scanned.lines) {
    if (!request.program().empty() && line.program != request.program()) continue;
    v1::TrialBalanceRow& row = *response.add_rows();
    row.set_program(line.program);
    row.set_bucket(static_cast<ledger::v1::Bucket>(line.bucket));
    row.set_debit(line.debit);
    row.set_credit(line.credit);
    row.set_balance(line.balance());
    response.set_total_debit(response.total_debit() + line.debit);
    response.set_total_credit(response.total_credit() + line.credit);
  }
  response.set_movements(movements);
  return response;
}

}  // namespace bansos
