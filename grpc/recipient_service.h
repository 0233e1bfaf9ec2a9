// RecipientService: who recipients are, where their money goes, whether they live
// (recipient_service.proto). Personal data goes into the vault's seal here and nowhere else.
// Thread-safe. Owned by the server.
#ifndef GRPC_RECIPIENT_SERVICE_H_
#define GRPC_RECIPIENT_SERVICE_H_

#include "bansos/v1/recipient_service.grpc.pb.h"
#include "grpc/recipient_lookup.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class RecipientService final
    : public v1::RecipientService::WithRawCallbackMethod_RegisterRecipients<
          v1::RecipientService::WithRawCallbackMethod_CorrectIdentities<
              v1::RecipientService::WithRawCallbackMethod_AssignPayees<
                  v1::RecipientService::WithRawCallbackMethod_RecordDeaths<
                      v1::RecipientService::WithRawCallbackMethod_GetRecipient<
                          v1::RecipientService::WithRawCallbackMethod_FindRecipients<
                              v1::RecipientService::Service>>>>>> {
 public:
  explicit RecipientService(const ServiceParts& parts)
      : parts_(parts), lookup_(parts.vault), sealing_(parts.vault) {}

  grpc::ServerUnaryReactor* RegisterRecipients(Context* context, const Bytes* request,
                                               Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::Register);
  }
  grpc::ServerUnaryReactor* CorrectIdentities(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::Correct);
  }
  grpc::ServerUnaryReactor* AssignPayees(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::Assign);
  }
  grpc::ServerUnaryReactor* RecordDeaths(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::RecordDeath);
  }
  grpc::ServerUnaryReactor* GetRecipient(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::Get);
  }
  grpc::ServerUnaryReactor* FindRecipients(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &RecipientService::Find);
  }

 private:
  void Register(v1::RegisterRecipientsRequest request, const Caller& caller,
                Answer<v1::RegisterRecipientsResponse> answer);
  void Correct(v1::CorrectIdentitiesRequest request, const Caller& caller,
               Answer<v1::CorrectIdentitiesResponse> answer);
  void Assign(v1::AssignPayeesRequest request, const Caller& caller,
              Answer<v1::AssignPayeesResponse> answer);
  void RecordDeath(v1::RecordDeathsRequest request, const Caller& caller,
                   Answer<v1::RecordDeathsResponse> answer);
  void Get(v1::GetRecipientRequest request, const Caller& caller,
           Answer<v1::GetRecipientResponse> answer);
  void Find(v1::FindRecipientsRequest request, const Caller& caller,
            Answer<v1::FindRecipientsResponse> answer);

  const ServiceParts parts_;
  const RecipientLookup lookup_;
  const Sealing sealing_;
};

}  // namespace bansos

#endif  // GRPC_RECIPIENT_SERVICE_H_
