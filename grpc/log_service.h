// LogService: the log itself, every event as it was written (log_service.proto). Thread-safe. Owned
// by the server.
#ifndef GRPC_LOG_SERVICE_H_
#define GRPC_LOG_SERVICE_H_

#include "bansos/v1/log_service.grpc.pb.h"
#include "grpc/parked_calls.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/unary_call.h"

namespace bansos {

class LogService final
    : public v1::LogService::WithRawCallbackMethod_ReadEvents<
          v1::LogService::WithRawCallbackMethod_Subscribe<
              v1::LogService::WithRawCallbackMethod_GetHead<v1::LogService::Service>>> {
 public:
  LogService(const ServiceParts& parts, StreamRegistry& streams);

  grpc::ServerUnaryReactor* ReadEvents(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &LogService::Read);
  }
  grpc::ServerUnaryReactor* GetHead(Context* context, const Bytes* request,
                                    Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &LogService::Head);
  }
  grpc::ServerWriteReactor<Bytes>* Subscribe(Context* context, const Bytes* request) override;

 private:
  void Read(v1::ReadEventsRequest request, const Caller& caller,
            Answer<v1::ReadEventsResponse> answer);
  void Head(v1::GetHeadRequest request, const Caller& caller, Answer<v1::GetHeadResponse> answer);

  // Calls `ready` on a worker once the log holds `size` entries.
  void When(uint64_t size, const Caller& caller, std::function<void(absl::Status)> ready);

  const ServiceParts parts_;
  StreamRegistry& streams_;
  ParkedCalls parked_;
};

}  // namespace bansos

#endif  // GRPC_LOG_SERVICE_H_
