#include "grpc/audit_service.h"

#include <optional>
#include <utility>

#include "grpc/audit_answers.h"

namespace bansos {

void AuditService::Timeline(v1::GetTimelineRequest request, const Caller& caller,
                            Answer<v1::GetTimelineResponse> answer) {
  if (!request.page_token().empty()) {
    return answer(LaterTimelineAnswer(parts_, request, *caller.life));
  }
  parts_.reads.Query<v1::GetTimelineResponse>(
      request.read(), caller,
      [this, request, life = caller.life](const Moment& moment) {
        return TimelineAnswer(parts_, moment, request, *life);
      },
      std::move(answer));
}

void AuditService::Exceptions(v1::ListExceptionsRequest request, const Caller& caller,
                              Answer<v1::ListExceptionsResponse> answer) {
  parts_.reads.AskPage<v1::ListExceptionsRequest, v1::ListExceptionsResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) {
        return ExceptionPageAnswer(views, request, scan);
      },
      std::move(answer));
}

void AuditService::TrialBalance(v1::GetTrialBalanceRequest request, const Caller& caller,
                                TellProgress tell, Answer<v1::GetTrialBalanceResponse> answer) {
  // The log alone answers, so an older position needs no older views.
  const absl::StatusOr<std::optional<uint64_t>> size = AsOfSize(parts_.log, request.read());
  if (!size.ok()) return answer(size.status());
  if (size->has_value()) {
    const absl::StatusOr<ProjectionHead> head = HeadAt(parts_.log, **size);
    if (!head.ok()) return answer(head.status());
    return answer(TrialBalanceAnswer(parts_, balances_, *head, request, *caller.life, tell));
  }
  parts_.reads.When(
      request.read().min_position(), caller,
      [this, request, caller, tell = std::move(tell),
       answer = std::move(answer)](absl::Status status) {
        if (!status.ok()) return answer(status);
        const LogHead log = parts_.log.Head();
        const ProjectionHead head{log.size, log.last_time_us};
        answer(TrialBalanceAnswer(parts_, balances_, head, request, *caller.life, tell));
      });
}

void AuditService::ExplainFigure(v1::ExplainRequest request, const Caller& caller,
                                 TellProgress tell, Answer<v1::ExplainResponse> answer) {
  explain_.Ask(request, caller, std::move(tell), std::move(answer));
}

}  // namespace bansos
