#include "grpc/audit_service.h"

#include <utility>

#include "grpc/audit_answers.h"

namespace bansos {

void AuditService::Timeline(v1::GetTimelineRequest request, const Caller& caller,
                            Answer<v1::GetTimelineResponse> answer) {
  parts_.reads.When(request.read().min_position(), caller,
                    [this, request, answer = std::move(answer)](absl::Status status) {
                      if (!status.ok()) return answer(status);
                      answer(TimelineAnswer(parts_, request));
                    });
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
  parts_.reads.WhenCurrent(
      caller, [this, request, caller, answer = std::move(answer)](absl::Status status) {
        if (!status.ok()) return answer(status);
        parts_.reads.When(request.read().min_position(), caller,
                          [this, request, caller, answer](absl::Status waited) {
                            if (!waited.ok()) return answer(waited);
                            answer(TrialBalanceAnswer(parts_, request, *caller.life));
                          });
      });
}

}  // namespace bansos
