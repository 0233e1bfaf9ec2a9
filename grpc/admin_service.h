// AdminService: what the office publishes for all programmes, and how the server stands
// (admin_service.proto). Thread-safe. Owned by the server.
#ifndef GRPC_ADMIN_SERVICE_H_
#define GRPC_ADMIN_SERVICE_H_

#include "bansos/v1/admin_service.grpc.pb.h"
#include "grpc/replay_stream.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/unary_call.h"
#include "projections/digest_board.h"

namespace bansos {

class AdminService final : public v1::AdminService::WithRawCallbackMethod_PublishCatalogue<
                               v1::AdminService::WithRawCallbackMethod_PublishAreas<
                                   v1::AdminService::WithRawCallbackMethod_SetPolicy<
                                       v1::AdminService::WithRawCallbackMethod_AdoptRules<
                                           v1::AdminService::WithRawCallbackMethod_GetStatus<
                                               v1::AdminService::WithRawCallbackMethod_Replay<
                                                   v1::AdminService::Service>>>>>> {
 public:
  AdminService(const ServiceParts& parts, StreamRegistry& replays)
      : parts_(parts), replays_(replays) {}

  grpc::ServerUnaryReactor* PublishCatalogue(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AdminService::Publish);
  }
  grpc::ServerUnaryReactor* PublishAreas(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AdminService::PublishPlaces);
  }
  grpc::ServerUnaryReactor* SetPolicy(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AdminService::Set);
  }
  grpc::ServerUnaryReactor* AdoptRules(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AdminService::Adopt);
  }
  grpc::ServerUnaryReactor* GetStatus(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &AdminService::Status);
  }
  grpc::ServerWriteReactor<Bytes>* Replay(Context*, const Bytes* request) override {
    return ReplayStream::Start(parts_, replays_, *request);
  }

 private:
  void Publish(v1::PublishCatalogueRequest request, const Caller& caller,
               Answer<v1::PublishCatalogueResponse> answer);
  void PublishPlaces(v1::PublishAreasRequest request, const Caller& caller,
                     Answer<v1::PublishAreasResponse> answer);
  void Set(v1::SetPolicyRequest request, const Caller& caller,
           Answer<v1::SetPolicyResponse> answer);
  void Adopt(v1::AdoptRulesRequest request, const Caller& caller,
             Answer<v1::AdoptRulesResponse> answer);
  void Status(v1::GetStatusRequest request, const Caller& caller,
              Answer<v1::GetStatusResponse> answer);

  absl::StatusOr<v1::GetStatusResponse> StatusAt(const Moment& moment,
                                                 const ViewDigests& digests) const;

  const ServiceParts parts_;
  StreamRegistry& replays_;
};

}  // namespace bansos

#endif  // GRPC_ADMIN_SERVICE_H_
