// BatchService: payment lists from draft to close, and the payments on them (batch_service.proto).
// Thread-safe. Owned by the server.
#ifndef GRPC_BATCH_SERVICE_H_
#define GRPC_BATCH_SERVICE_H_

#include "bansos/v1/batch_service.grpc.pb.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class BatchService final
    : public v1::BatchService::WithRawCallbackMethod_DraftBatch<
          v1::BatchService::WithRawCallbackMethod_InstructPayments<
              v1::BatchService::WithRawCallbackMethod_WithdrawPayments<
                  v1::BatchService::WithRawCallbackMethod_SubmitBatch<
                      v1::BatchService::WithRawCallbackMethod_VerifyBatch<
                          v1::BatchService::WithRawCallbackMethod_ApproveBatch<
                              v1::BatchService::WithRawCallbackMethod_SendBackBatch<
                                  v1::BatchService::WithRawCallbackMethod_ReleaseBatch<
                                      v1::BatchService::WithRawCallbackMethod_CloseBatch<
                                          v1::BatchService::WithRawCallbackMethod_GetBatch<
                                              v1::BatchService::WithRawCallbackMethod_ListBatches<
                                                  v1::BatchService::
                                                      WithRawCallbackMethod_ListBatchPayments<
                                                          v1::BatchService::Service>>>>>>>>>>>> {
 public:
  explicit BatchService(const ServiceParts& parts) : parts_(parts), sealing_(parts.vault) {}

  grpc::ServerUnaryReactor* DraftBatch(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Draft);
  }
  grpc::ServerUnaryReactor* InstructPayments(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Instruct);
  }
  grpc::ServerUnaryReactor* WithdrawPayments(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Withdraw);
  }
  grpc::ServerUnaryReactor* SubmitBatch(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Submit);
  }
  grpc::ServerUnaryReactor* VerifyBatch(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Verify);
  }
  grpc::ServerUnaryReactor* ApproveBatch(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Approve);
  }
  grpc::ServerUnaryReactor* SendBackBatch(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::SendBack);
  }
  grpc::ServerUnaryReactor* ReleaseBatch(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Release);
  }
  grpc::ServerUnaryReactor* CloseBatch(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Close);
  }
  grpc::ServerUnaryReactor* GetBatch(Context* context, const Bytes* request,
                                     Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::Get);
  }
  grpc::ServerUnaryReactor* ListBatches(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::List);
  }
  grpc::ServerUnaryReactor* ListBatchPayments(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BatchService::ListPayments);
  }

 private:
  void Draft(v1::DraftBatchRequest request, const Caller& caller,
             Answer<v1::DraftBatchResponse> answer);
  void Instruct(v1::InstructPaymentsRequest request, const Caller& caller,
                Answer<v1::InstructPaymentsResponse> answer);
  void Withdraw(v1::WithdrawPaymentsRequest request, const Caller& caller,
                Answer<v1::WithdrawPaymentsResponse> answer);
  void Submit(v1::SubmitBatchRequest request, const Caller& caller,
              Answer<v1::SubmitBatchResponse> answer);
  void Verify(v1::VerifyBatchRequest request, const Caller& caller,
              Answer<v1::VerifyBatchResponse> answer);
  void Approve(v1::ApproveBatchRequest request, const Caller& caller,
               Answer<v1::ApproveBatchResponse> answer);
  void SendBack(v1::SendBackBatchRequest request, const Caller& caller,
                Answer<v1::SendBackBatchResponse> answer);
  void Release(v1::ReleaseBatchRequest request, const Caller& caller,
               Answer<v1::ReleaseBatchResponse> answer);
  void Close(v1::CloseBatchRequest request, const Caller& caller,
             Answer<v1::CloseBatchResponse> answer);
  void Get(v1::GetBatchRequest request, const Caller& caller, Answer<v1::GetBatchResponse> answer);
  void List(v1::ListBatchesRequest request, const Caller& caller,
            Answer<v1::ListBatchesResponse> answer);
  void ListPayments(v1::ListBatchPaymentsRequest request, const Caller& caller,
                    Answer<v1::ListBatchPaymentsResponse> answer);

  const ServiceParts parts_;
  const Sealing sealing_;
};

}  // namespace bansos

#endif  // GRPC_BATCH_SERVICE_H_
