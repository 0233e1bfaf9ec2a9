// ProgramService: programmes, their tranches, criteria and budget (program_service.proto).
// Thread-safe. Owned by the server.
#ifndef GRPC_PROGRAM_SERVICE_H_
#define GRPC_PROGRAM_SERVICE_H_

#include "bansos/v1/program_service.grpc.pb.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class ProgramService final
    : public v1::ProgramService::WithRawCallbackMethod_OpenProgram<
          v1::ProgramService::WithRawCallbackMethod_AmendProgram<
              v1::ProgramService::WithRawCallbackMethod_PublishRuleSet<
                  v1::ProgramService::WithRawCallbackMethod_AppropriateBudget<
                      v1::ProgramService::WithRawCallbackMethod_GetProgram<
                          v1::ProgramService::WithRawCallbackMethod_ListPrograms<
                              v1::ProgramService::Service>>>>>> {
 public:
  explicit ProgramService(const ServiceParts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* OpenProgram(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::Open);
  }
  grpc::ServerUnaryReactor* AmendProgram(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::Amend);
  }
  grpc::ServerUnaryReactor* PublishRuleSet(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::Publish);
  }
  grpc::ServerUnaryReactor* AppropriateBudget(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::Appropriate);
  }
  grpc::ServerUnaryReactor* GetProgram(Context* context, const Bytes* request,
                                       Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::Get);
  }
  grpc::ServerUnaryReactor* ListPrograms(Context* context, const Bytes* request,
                                         Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &ProgramService::List);
  }

 private:
  void Open(v1::OpenProgramRequest request, const Caller& caller,
            Answer<v1::OpenProgramResponse> answer);
  void Amend(v1::AmendProgramRequest request, const Caller& caller,
             Answer<v1::AmendProgramResponse> answer);
  void Publish(v1::PublishRuleSetRequest request, const Caller& caller,
               Answer<v1::PublishRuleSetResponse> answer);
  void Appropriate(v1::AppropriateBudgetRequest request, const Caller& caller,
                   Answer<v1::AppropriateBudgetResponse> answer);
  void Get(v1::GetProgramRequest request, const Caller& caller,
           Answer<v1::GetProgramResponse> answer);
  void List(v1::ListProgramsRequest request, const Caller& caller,
            Answer<v1::ListProgramsResponse> answer);

  const ServiceParts parts_;
};

}  // namespace bansos

#endif  // GRPC_PROGRAM_SERVICE_H_
