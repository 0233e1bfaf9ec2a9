// PaymentService: payments on their way: orders to the bank, its results, and what follows from
// them (payment_service.proto). Thread-safe. Owned by the server.
#ifndef GRPC_PAYMENT_SERVICE_H_
#define GRPC_PAYMENT_SERVICE_H_

#include "bansos/v1/payment_service.grpc.pb.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/transfer_recorder.h"
#include "grpc/unary_call.h"

namespace bansos {

class PaymentService final
    : public v1::PaymentService::WithRawCallbackMethod_SendTransfers<
          v1::PaymentService::WithRawCallbackMethod_RecordOrderFile<
              v1::PaymentService::WithRawCallbackMethod_ReceiveResultFile<
                  v1::PaymentService::WithRawCallbackMethod_RecordResults<
                      v1::PaymentService::WithRawCallbackMethod_SettleHeldReport<
                          v1::PaymentService::WithRawCallbackMethod_ReissuePayments<
                              v1::PaymentService::WithRawCallbackMethod_RemitPayments<
                                  v1::PaymentService::WithRawCallbackMethod_ResolveReports<
                                      v1::PaymentService::WithRawCallbackMethod_StreamTransfers<
                                          v1::PaymentService::Service>>>>>>>>> {
 public:
  PaymentService(const ServiceParts& parts, StreamRegistry& streams)
      : parts_(parts), recorder_(parts), streams_(streams) {}

  grpc::ServerUnaryReactor* SendTransfers(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Send);
  }
  grpc::ServerUnaryReactor* RecordOrderFile(Context* context, const Bytes* request,
                                            Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::OrderFile);
  }
  grpc::ServerUnaryReactor* ReceiveResultFile(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::ReceiveFile);
  }
  grpc::ServerUnaryReactor* RecordResults(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Report);
  }
  grpc::ServerUnaryReactor* SettleHeldReport(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Settle);
  }
  grpc::ServerUnaryReactor* ReissuePayments(Context* context, const Bytes* request,
                                            Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Reissue);
  }
  grpc::ServerUnaryReactor* RemitPayments(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Remit);
  }
  grpc::ServerUnaryReactor* ResolveReports(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &PaymentService::Resolve);
  }
  grpc::ServerBidiReactor<Bytes, Bytes>* StreamTransfers(Context* context) override;

 private:
  void Send(v1::SendTransfersRequest request, const Caller& caller,
            Answer<v1::SendTransfersResponse> answer);
  void OrderFile(v1::RecordOrderFileRequest request, const Caller& caller,
                 Answer<v1::RecordOrderFileResponse> answer);
  void ReceiveFile(v1::ReceiveResultFileRequest request, const Caller& caller,
                   Answer<v1::ReceiveResultFileResponse> answer);
  void Report(v1::RecordResultsRequest request, const Caller& caller,
              Answer<v1::RecordResultsResponse> answer);
  void Settle(v1::SettleHeldReportRequest request, const Caller& caller,
              Answer<v1::SettleHeldReportResponse> answer);
  void Reissue(v1::ReissuePaymentsRequest request, const Caller& caller,
               Answer<v1::ReissuePaymentsResponse> answer);
  void Remit(v1::RemitPaymentsRequest request, const Caller& caller,
             Answer<v1::RemitPaymentsResponse> answer);
  void Resolve(v1::ResolveReportsRequest request, const Caller& caller,
               Answer<v1::ResolveReportsResponse> answer);

  const ServiceParts parts_;
  const TransferRecorder recorder_;
  StreamRegistry& streams_;
};

}  // namespace bansos

#endif  // GRPC_PAYMENT_SERVICE_H_
