// LogService: the log itself, every event as it was written (log_service.proto). Thread-safe. Owned
// by the server.
#ifndef GRPC_LOG_SERVICE_H_
#define GRPC_LOG_SERVICE_H_

#include <functional>

#include "bansos/v1/log_service.grpc.pb.h"
#include "grpc/parked_calls.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/unary_call.h"
#include "ledger/log/checkpoints.h"

namespace bansos {

// Every method is registered raw: bytes in, bytes out (unary_call.h).
using RawLogService = v1::LogService::WithRawCallbackMethod_ReadEvents<
    v1::LogService::WithRawCallbackMethod_Subscribe<v1::LogService::WithRawCallbackMethod_GetHead<
        v1::LogService::WithRawCallbackMethod_GetCheckpoint<
            v1::LogService::WithRawCallbackMethod_GetInclusionProof<
                v1::LogService::WithRawCallbackMethod_GetConsistencyProof<
                    v1::LogService::WithRawCallbackMethod_GetTiles<
                        v1::LogService::WithRawCallbackMethod_GetEntryBundles<
                            v1::LogService::WithRawCallbackMethod_GetReceipt<
                                v1::LogService::Service>>>>>>>>>;

class LogService final : public RawLogService {
 public:
  LogService(const ServiceParts& parts, StreamRegistry& streams);

  grpc::ServerUnaryReactor* ReadEvents(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::Read);
  }
  grpc::ServerUnaryReactor* GetHead(Context* context, const Bytes* request,
                                    Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::Head);
  }
  grpc::ServerUnaryReactor* GetCheckpoint(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::MakeCheckpoint);
  }
  grpc::ServerUnaryReactor* GetInclusionProof(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::ProveInclusion);
  }
  grpc::ServerUnaryReactor* GetConsistencyProof(Context* context, const Bytes* request,
                                                Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::ProveConsistency);
  }
  grpc::ServerUnaryReactor* GetTiles(Context* context, const Bytes* request,
                                     Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::ReadTiles);
  }
  grpc::ServerUnaryReactor* GetEntryBundles(Context* context, const Bytes* request,
                                            Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::ReadBundles);
  }
  grpc::ServerUnaryReactor* GetReceipt(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &LogService::MakeReceipt);
  }
  grpc::ServerWriteReactor<Bytes>* Subscribe(Context* context, const Bytes* request) override;

 private:
  void Read(v1::ReadEventsRequest request, const Caller& caller,
            Answer<v1::ReadEventsResponse> answer);
  void Head(v1::GetHeadRequest request, const Caller& caller, Answer<v1::GetHeadResponse> answer);
  void MakeCheckpoint(v1::GetCheckpointRequest request, const Caller& caller,
                      Answer<v1::GetCheckpointResponse> answer);
  void ProveInclusion(v1::GetInclusionProofRequest request, const Caller& caller,
                      Answer<v1::GetInclusionProofResponse> answer);
  void ProveConsistency(v1::GetConsistencyProofRequest request, const Caller& caller,
                        Answer<v1::GetConsistencyProofResponse> answer);
  void ReadTiles(v1::GetTilesRequest request, const Caller& caller,
                 Answer<v1::GetTilesResponse> answer);
  void ReadBundles(v1::GetEntryBundlesRequest request, const Caller& caller,
                   Answer<v1::GetEntryBundlesResponse> answer);
  void MakeReceipt(v1::GetReceiptRequest request, const Caller& caller,
                   Answer<v1::GetReceiptResponse> answer);

  // Calls `use` with a checkpoint that covers the position: at once with the newest, else with a
  // new one, in the lane that makes it.
  void WithCovering(Position position, const Caller& caller,
                    std::function<void(absl::StatusOr<Checkpoint>)> use);

  // Calls `ready` on a worker once the log holds `size` entries.
  void When(uint64_t size, const Caller& caller, std::function<void(absl::Status)> ready);

  const ServiceParts parts_;
  StreamRegistry& streams_;
  ParkedCalls awaiting_;   // Calls.
  ParkedCalls following_;  // Subscriptions, whose place no call takes.
};

}  // namespace bansos

#endif  // GRPC_LOG_SERVICE_H_
