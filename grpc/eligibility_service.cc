#include "grpc/eligibility_service.h"

#include <utility>

#include "grpc/assessment_items.h"
#include "grpc/candidate_answers.h"
#include "grpc/candidate_ranking.h"
#include "grpc/eligibility_decisions.h"

namespace bansos {

void EligibilityService::RecordSurveys(v1::RecordAssessmentsRequest request, const Caller& caller,
                                       Answer<v1::RecordAssessmentsResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  parts_.reads.WhenCurrent(
      caller, [this, lane = caller.lane, head = *head, request = std::move(request),
               answer = std::move(answer)](absl::Status status) {
        if (!status.ok()) return answer(status);
        absl::StatusOr<std::vector<PreparedItem>> items =
            PrepareAssessments(parts_.reads, parts_.log, lookup_, sealing_, head, request);
        if (!items.ok()) return answer(items.status());
        parts_.writes.Record(head, *std::move(items), WritePath::AnswerOutcomes(answer));
      });
}

void EligibilityService::Propose(v1::ProposeCandidatesRequest request, const Caller& caller,
                                 Answer<v1::ProposeCandidatesResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [this](const v1::Proposal& item, ItemReader& reader) -> EventBody {
        return CandidateProposed{
            .program = item.program(),
            .recipient = lookup_.Resolve("recipient", item.recipient(), reader),
            .proposer = item.proposer(),
            .candidate_class = item.candidate_class(),
            .work_area = reader.ReadArea("work_area", item.work_area())};
      },
      std::move(answer));
}

void EligibilityService::DecideAll(v1::DecideEligibilityRequest request, const Caller& caller,
                                   Answer<v1::DecideEligibilityResponse> answer) {
  const absl::StatusOr<RequestHead> head = ReadHead(request.options(), request.basis(), caller);
  if (!head.ok()) return answer(head.status());
  parts_.reads.WhenCurrent(caller, [this, lane = caller.lane, head = *head,
                                    request = std::move(request),
                                    answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) return answer(status);
    absl::StatusOr<PreparedDecisions> prepared = PrepareDecisions(parts_, sealing_, head, request);
    if (!prepared.ok()) return answer(prepared.status());
    parts_.writes.Record(head, std::move(prepared->items),
                         [this, lane, outcomes = std::move(prepared->outcomes),
                          answer](absl::StatusOr<Recording> recording) {
                           if (!recording.ok()) return answer(recording.status());
                           // The log is read on a worker, never on the sequencer's thread.
                           lane->Run([this, answer, outcomes, recording = *std::move(recording)] {
                             answer(AnswerDecisions(parts_.log, recording, outcomes));
                           });
                         });
  });
}

void EligibilityService::Rank(v1::RankCandidatesRequest request, const Caller& caller,
                              Answer<v1::RankCandidatesResponse> answer) {
  parts_.reads.Query<v1::RankCandidatesResponse>(
      request.read(), caller,
      [this, request, life = caller.life](const Moment& moment) {
        return RankingAnswer(parts_, sealing_, moment, request, *life);
      },
      std::move(answer));
}

void EligibilityService::Decree(v1::DecreeRecipientsRequest request, const Caller& caller,
                                Answer<v1::DecreeRecipientsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [this, &request](const v1::Decree& item, ItemReader& reader) -> EventBody {
        return RecipientDecreed{.program = request.program(),
                                .recipient = lookup_.Resolve("recipient", item.recipient(), reader),
                                .slot = item.slot(),
                                .holder = item.holder(),
                                .first_tranche = item.first_tranche(),
                                .replaces = RecipientNumber(item.replaces()),
                                .amount = item.amount(),
                                .decision_position = {}};
      },
      std::move(answer));
}

void EligibilityService::End(v1::EndEntitlementsRequest request, const Caller& caller,
                             Answer<v1::EndEntitlementsResponse> answer) {
  parts_.writes.RecordItems(
      request, caller,
      [this](const v1::EntitlementEnd& item, ItemReader& reader) -> EventBody {
        return EntitlementEnded{.program = item.program(),
                                .recipient = lookup_.Resolve("recipient", item.recipient(), reader),
                                .slot = item.slot(),
                                .holder = item.holder(),
                                .reason = reader.ReadEnum<EndReason>("reason", item.reason()),
                                .ended_on = reader.ReadDate("ended_on", item.ended_on()),
                                .last_tranche = item.last_tranche()};
      },
      std::move(answer));
}

void EligibilityService::ListProposed(v1::ListCandidatesRequest request, const Caller& caller,
                                      Answer<v1::ListCandidatesResponse> answer) {
  parts_.reads.AskPage<v1::ListCandidatesRequest, v1::ListCandidatesResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) { return CandidatePage(views, request, scan); },
      std::move(answer));
}

void EligibilityService::ListPlaces(v1::ListEntitlementsRequest request, const Caller& caller,
                                    Answer<v1::ListEntitlementsResponse> answer) {
  parts_.reads.AskPage<v1::ListEntitlementsRequest, v1::ListEntitlementsResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) {
        return EntitlementPage(views, request, scan);
      },
      std::move(answer));
}

}  // namespace bansos
