// AuditService: timeline, exceptions, trial balance and what is behind a figure
// (audit_service.proto). Thread-safe. Owned by the server.
#ifndef GRPC_AUDIT_SERVICE_H_
#define GRPC_AUDIT_SERVICE_H_

#include "bansos/v1/audit_service.grpc.pb.h"
#include "grpc/explain_answers.h"
#include "grpc/scan_stream.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"
#include "projections/trial_balance.h"

namespace bansos {

class AuditService final
    : public v1::AuditService::WithRawCallbackMethod_GetTimeline<
          v1::AuditService::WithRawCallbackMethod_ListExceptions<
              v1::AuditService::WithRawCallbackMethod_GetTrialBalance<
                  v1::AuditService::WithRawCallbackMethod_Explain<v1::AuditService::Service>>>> {
 public:
  explicit AuditService(const ServiceParts& parts) : parts_(parts), explain_(parts) {}

  grpc::ServerUnaryReactor* GetTimeline(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AuditService::Timeline);
  }
  grpc::ServerUnaryReactor* ListExceptions(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AuditService::Exceptions);
  }
  grpc::ServerWriteReactor<Bytes>* GetTrialBalance(Context* context,
                                                   const Bytes* request) override {
    return HandOverScan(parts_.lanes, context, request, this, &AuditService::TrialBalance);
  }
  grpc::ServerWriteReactor<Bytes>* Explain(Context* context, const Bytes* request) override {
    return HandOverScan(parts_.lanes, context, request, this, &AuditService::ExplainFigure);
  }

 private:
  void Timeline(v1::GetTimelineRequest request, const Caller& caller,
                Answer<v1::GetTimelineResponse> answer);
  void Exceptions(v1::ListExceptionsRequest request, const Caller& caller,
                  Answer<v1::ListExceptionsResponse> answer);
  void TrialBalance(v1::GetTrialBalanceRequest request, const Caller& caller, TellProgress tell,
                    Answer<v1::GetTrialBalanceResponse> answer);
  void ExplainFigure(v1::ExplainRequest request, const Caller& caller, TellProgress tell,
                     Answer<v1::ExplainResponse> answer);

  const ServiceParts parts_;
  ExplainAnswers explain_;
  TrialBalances balances_;
};

}  // namespace bansos

#endif  // GRPC_AUDIT_SERVICE_H_
