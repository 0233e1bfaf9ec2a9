// EligibilityService: from survey to decree (eligibility_service.proto). The server, with keys,
// evaluates criteria over sealed assessments and ranks candidates. Thread-safe. Owned by the
// server.
#ifndef GRPC_ELIGIBILITY_SERVICE_H_
#define GRPC_ELIGIBILITY_SERVICE_H_

#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "grpc/recipient_lookup.h"
#include "grpc/sealing.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class EligibilityService final
    : public v1::EligibilityService::WithRawCallbackMethod_RecordAssessments<
          v1::EligibilityService::WithRawCallbackMethod_ProposeCandidates<
              v1::EligibilityService::WithRawCallbackMethod_ListCandidates<
                  v1::EligibilityService::WithRawCallbackMethod_DecideEligibility<
                      v1::EligibilityService::WithRawCallbackMethod_RankCandidates<
                          v1::EligibilityService::WithRawCallbackMethod_DecreeRecipients<
                              v1::EligibilityService::WithRawCallbackMethod_EndEntitlements<
                                  v1::EligibilityService::WithRawCallbackMethod_ListEntitlements<
                                      v1::EligibilityService::Service>>>>>>>> {
 public:
  explicit EligibilityService(const ServiceParts& parts)
      : parts_(parts), lookup_(parts.vault), sealing_(parts.vault) {}

  grpc::ServerUnaryReactor* RecordAssessments(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this,
                    &EligibilityService::RecordSurveys);
  }
  grpc::ServerUnaryReactor* ProposeCandidates(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &EligibilityService::Propose);
  }
  grpc::ServerUnaryReactor* ListCandidates(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this,
                    &EligibilityService::ListProposed);
  }
  grpc::ServerUnaryReactor* DecideEligibility(Context* context, const Bytes* request,
                                              Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &EligibilityService::DecideAll);
  }
  grpc::ServerUnaryReactor* RankCandidates(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &EligibilityService::Rank);
  }
  grpc::ServerUnaryReactor* DecreeRecipients(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &EligibilityService::Decree);
  }
  grpc::ServerUnaryReactor* EndEntitlements(Context* context, const Bytes* request,
                                            Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this, &EligibilityService::End);
  }
  grpc::ServerUnaryReactor* ListEntitlements(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return HandOver(parts_.lanes, context, request, response, this,
                    &EligibilityService::ListPlaces);
  }

 private:
  void RecordSurveys(v1::RecordAssessmentsRequest request, const Caller& caller,
                     Answer<v1::RecordAssessmentsResponse> answer);
  void Propose(v1::ProposeCandidatesRequest request, const Caller& caller,
               Answer<v1::ProposeCandidatesResponse> answer);
  void ListProposed(v1::ListCandidatesRequest request, const Caller& caller,
                    Answer<v1::ListCandidatesResponse> answer);
  void DecideAll(v1::DecideEligibilityRequest request, const Caller& caller,
                 Answer<v1::DecideEligibilityResponse> answer);
  void Rank(v1::RankCandidatesRequest request, const Caller& caller,
            Answer<v1::RankCandidatesResponse> answer);
  void Decree(v1::DecreeRecipientsRequest request, const Caller& caller,
              Answer<v1::DecreeRecipientsResponse> answer);
  void End(v1::EndEntitlementsRequest request, const Caller& caller,
           Answer<v1::EndEntitlementsResponse> answer);
  void ListPlaces(v1::ListEntitlementsRequest request, const Caller& caller,
                  Answer<v1::ListEntitlementsResponse> answer);

  const ServiceParts parts_;
  const RecipientLookup lookup_;
  const Sealing sealing_;
};

}  // namespace bansos

#endif  // GRPC_ELIGIBILITY_SERVICE_H_
