// AdminService: what the office publishes for all programmes, and how the server stands
// (admin_service.proto). Thread-safe. Owned by the server.
#ifndef GRPC_ADMIN_SERVICE_H_
#define GRPC_ADMIN_SERVICE_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "bansos/v1/admin_service.grpc.pb.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"
#include "projections/projector.h"

namespace bansos {

class AdminService final : public v1::AdminService::WithRawCallbackMethod_PublishCatalogue<
                               v1::AdminService::WithRawCallbackMethod_PublishAreas<
                                   v1::AdminService::WithRawCallbackMethod_SetPolicy<
                                       v1::AdminService::WithRawCallbackMethod_AdoptRules<
                                           v1::AdminService::WithRawCallbackMethod_GetStatus<
                                               v1::AdminService::Service>>>>> {
 public:
  explicit AdminService(const ServiceParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* PublishCatalogue(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &AdminService::Publish);
  }
  grpc::ServerUnaryReactor* PublishAreas(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &AdminService::PublishPlaces);
  }
  grpc::ServerUnaryReactor* SetPolicy(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &AdminService::Set);
  }
  grpc::ServerUnaryReactor* AdoptRules(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &AdminService::Adopt);
  }
  grpc::ServerUnaryReactor* GetStatus(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return HandOver(parts_.workers, context, request, response, this, &AdminService::Status);
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

  // Digests of the views as they are now.
  absl::StatusOr<ViewDigests> Digests();

  const ServiceParts parts_;
  absl::Mutex mutex_;
  ViewDigests digests_
      ABSL_GUARDED_BY(mutex_);  // The last ones; an idle server computes them once.
};

}  // namespace bansos

#endif  // GRPC_ADMIN_SERVICE_H_
