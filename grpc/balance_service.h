// BalanceService: where the money is (balance_service.proto). Thread-safe. Owned by the server.
#ifndef GRPC_BALANCE_SERVICE_H_
#define GRPC_BALANCE_SERVICE_H_

#include "bansos/v1/balance_service.grpc.pb.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class BalanceService final
    : public v1::BalanceService::WithRawCallbackMethod_GetBalances<v1::BalanceService::Service> {
 public:
  explicit BalanceService(const ServiceParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* GetBalances(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &BalanceService::Get);
  }

 private:
  void Get(v1::GetBalancesRequest request, const Caller& caller,
           Answer<v1::GetBalancesResponse> answer);

  const ServiceParts parts_;
};

}  // namespace bansos

#endif  // GRPC_BALANCE_SERVICE_H_
