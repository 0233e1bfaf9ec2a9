#include "grpc/audit_service.h"

#include <optional>
#include <utility>

#include "grpc/audit_answers.h"

namespace bansos {

void AuditService::Timeline(v1::GetTimelineRequest request, const Caller& caller,
                            Answer<v1::GetTimelineResponse> answer) {
  parts_.reads.QueryPage<v1::GetTimelineResponse>(
      request, caller,
      [this, request](const Moment& moment) { return TimelineAnswer(parts_, moment, request); },
      std::move(answer));
}

void AuditService::Exceptions(v1::ListExceptionsRequest request, const Caller& caller,
                              Answer<v1::ListExceptionsResponse> answer) {
  parts_.reads.AskPaged<v1::ListExceptionsRequest, v1::ListExceptionsResponse>(
      request, caller, [request](const Views& views) { return ExceptionAnswer(views, request); },
      [](v1::ListExceptionsResponse& response) { return response.mutable_exceptions(); },
      [](const v1::ListExceptionsResponse& whole, v1::ListExceptionsResponse& page) {
        *page.mutable_counts() = whole.counts();
        page.set_as_of_date(whole.as_of_date());
      },
      std::move(answer));
}

void AuditService::TrialBalance(v1::GetTrialBalanceRequest request, const Caller& caller,
                                Answer<v1::GetTrialBalanceResponse> answer) {
  // The log alone answers, so an older position needs no older views.
  const absl::StatusOr<std::optional<uint64_t>> size = AsOfSize(parts_.log, request.read());
  if (!size.ok()) return answer(size.status());
  if (size->has_value()) {
    const absl::StatusOr<ProjectionHead> head = HeadAt(parts_.log, **size);
    if (!head.ok()) return answer(head.status());
    return answer(TrialBalanceAnswer(parts_, *head, request, *caller.life));
  }
  parts_.reads.When(request.read().min_position(), caller,
                    [this, request, caller, answer = std::move(answer)](absl::Status status) {
                      if (!status.ok()) return answer(status);
                      const LogHead log = parts_.log.Head();
                      const ProjectionHead head{log.size, log.last_time_us};
                      answer(TrialBalanceAnswer(parts_, head, request, *caller.life));
                    });
}

void AuditService::ExplainFigure(v1::ExplainRequest request, const Caller& caller,
                                 Answer<v1::ExplainResponse> answer) {
  explain_.Ask(request, caller, std::move(answer));
}

}  // namespace bansos
