#include "tests/grpc/as_of_queries.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

template <typename Stub, typename Request, typename Response>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

template <typename Stub, typename Request, typename Response>
grpc::Status Ask(Stub& stub, Method<Stub, Request, Response> method, grpc::ClientContext& context,
                 const Request& request, Response& response) {
  return (stub.*method)(&context, request, &response);
}

template <typename Stub, typename Request, typename Response>
grpc::Status Ask(Stub& stub, ScanMethod<Stub, Request, Response> method,
                 grpc::ClientContext& context, const Request& request, Response& response) {
  return ReadAnswer(*(stub.*method)(&context, request), response);
}

// Asks one page and adds it to the answer; false when there is none.
template <typename Stub, typename Call, typename Request, typename Response>
bool AskOnce(const std::shared_ptr<grpc::Channel>& channel, Call Stub::*method,
             const Request& request, Response& response, AsOfAnswer& answer) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  Stub stub(channel);
  const grpc::Status status = Ask(stub, method, context, request, response);
  absl::StrAppend(&answer.text, "status ", static_cast<int>(status.error_code()), "\n");
  if (!status.ok()) return false;
  const uint64_t position = response.true_at().position();
  if (answer.position != 0 && answer.position != position) answer.one_position = false;
  answer.position = position;
  return true;
}

template <typename Response, typename Request>
AsOfQuery OfOneAnswer(auto method, Request request) {
  return {absl::StrCat(std::string(Request::descriptor()->name()), " ", request.ShortDebugString()),
          [method, request](const auto& channel, const v1::ReadOptions& read) {
            Request asked = request;
            *asked.mutable_read() = read;
            Response response;
            AsOfAnswer answer;
            if (AskOnce(channel, method, asked, response, answer)) {
              answer.text += response.DebugString();
            }
            return answer;
          }};
}

template <typename Stub, typename Request, typename Response>
AsOfQuery Single(Method<Stub, Request, Response> method, Request request) {
  return OfOneAnswer<Response>(method, request);
}

template <typename Stub, typename Request, typename Response>
AsOfQuery Single(ScanMethod<Stub, Request, Response> method, Request request) {
  return OfOneAnswer<Response>(method, request);
}

template <typename Stub, typename Request, typename Response>
AsOfQuery Paged(Method<Stub, Request, Response> method, Request request, uint32_t page_size) {
  request.set_page_size(page_size);
  return {absl::StrCat(std::string(Request::descriptor()->name()), " ", request.ShortDebugString()),
          [method, request](const auto& channel, const v1::ReadOptions& read) {
            Request asked = request;
            *asked.mutable_read() = read;
            AsOfAnswer answer;
            for (;;) {
              Response response;
              if (!AskOnce(channel, method, asked, response, answer)) return answer;
              asked.set_page_token(response.next_page_token());
              response.clear_next_page_token();
              answer.text += response.DebugString();
              if (asked.page_token().empty()) return answer;
            }
          }};
}

v1::RecipientRef SomePerson(const PickBelow& pick, int people) {
  v1::RecipientRef ref;
  const int person = static_cast<int>(pick(people + 5));
  if (pick(2) == 0) {
    ref.set_number(1 + person);
  } else {
    ref.set_nik(NikOf(person));
  }
  return ref;
}

ledger::v1::BatchKey SomeBatch(const PickBelow& pick) {
  ledger::v1::BatchKey batch;
  batch.set_program("KJS");
  batch.set_tranche(1 + pick(2));
  batch.set_number(1 + pick(6));
  return batch;
}

void AddBalances(const PickBelow& pick, int people, std::vector<AsOfQuery>& queries) {
  v1::GetBalancesRequest balances;
  for (const auto group :
       {v1::BALANCE_GROUP_PROGRAM, v1::BALANCE_GROUP_TRANCHE, v1::BALANCE_GROUP_BATCH,
        v1::BALANCE_GROUP_AREA, v1::BALANCE_GROUP_RECIPIENT}) {
    balances.set_group_by(group);
    queries.push_back(Paged(&v1::BalanceService::Stub::GetBalances, balances, 1 + pick(60)));
  }
  balances.set_recipient(1 + pick(people));
  queries.push_back(Paged(&v1::BalanceService::Stub::GetBalances, balances, 10));
}

void AddAudit(const PickBelow& pick, int people, std::vector<AsOfQuery>& queries) {
  v1::ListExceptionsRequest exceptions;
  queries.push_back(Paged(&v1::AuditService::Stub::ListExceptions, exceptions, 1 + pick(20)));
  exceptions.add_kinds(static_cast<v1::ExceptionKind>(1 + pick(6)));
  exceptions.set_as_of_date("2026-03-01");
  queries.push_back(Paged(&v1::AuditService::Stub::ListExceptions, exceptions, 1 + pick(20)));
  v1::GetTimelineRequest timeline;
  timeline.set_recipient(1 + pick(people + 3));
  queries.push_back(Paged(&v1::AuditService::Stub::GetTimeline, timeline, 1 + pick(5)));
  timeline.set_program("KJS");
  queries.push_back(Paged(&v1::AuditService::Stub::GetTimeline, timeline, 1 + pick(5)));
  *timeline.mutable_batch() = SomeBatch(pick);
  queries.push_back(Paged(&v1::AuditService::Stub::GetTimeline, timeline, 1 + pick(5)));
  timeline.set_ledger(true);
  queries.push_back(Paged(&v1::AuditService::Stub::GetTimeline, timeline, 3));
  v1::GetTrialBalanceRequest trial;
  if (pick(2) == 0) trial.set_program("KJS");
  queries.push_back(Single(&v1::AuditService::Stub::GetTrialBalance, trial));
}

void AddEligibility(const PickBelow& pick, std::vector<AsOfQuery>& queries) {
  v1::ListCandidatesRequest candidates;
  candidates.set_program("KJS");
  candidates.set_filter(static_cast<v1::CandidateFilter>(pick(3)));
  queries.push_back(Paged(&v1::EligibilityService::Stub::ListCandidates, candidates, 5 + pick(90)));
  v1::RankCandidatesRequest rank;
  rank.set_program("KJS");
  rank.set_count(1 + pick(50));
  queries.push_back(Single(&v1::EligibilityService::Stub::RankCandidates, rank));
  v1::ListEntitlementsRequest places;
  places.set_program("KJS");
  places.set_tranche(1 + pick(2));
  places.set_filter(static_cast<v1::EntitlementFilter>(pick(4)));
  queries.push_back(Paged(&v1::EligibilityService::Stub::ListEntitlements, places, 5 + pick(90)));
}

void AddBatches(const PickBelow& pick, std::vector<AsOfQuery>& queries) {
  v1::GetBatchRequest batch;
  *batch.mutable_batch() = SomeBatch(pick);
  queries.push_back(Single(&v1::BatchService::Stub::GetBatch, batch));
  v1::ListBatchesRequest batches;
  batches.set_program("KJS");
  batches.set_tranche(pick(3));
  queries.push_back(Paged(&v1::BatchService::Stub::ListBatches, batches, 1 + pick(3)));
  v1::ListBatchPaymentsRequest payments;
  *payments.mutable_batch() = SomeBatch(pick);
  payments.set_include_payee(pick(2) == 0);
  if (pick(2) == 0) payments.add_states(v1::PAYMENT_STATE_SENT);
  queries.push_back(Paged(&v1::BatchService::Stub::ListBatchPayments, payments, 1 + pick(50)));
}

void AddRecipients(const PickBelow& pick, int people, std::vector<AsOfQuery>& queries) {
  v1::GetRecipientRequest recipient;
  *recipient.mutable_recipient() = SomePerson(pick, people);
  recipient.set_include_identity(pick(2) == 0);
  queries.push_back(Single(&v1::RecipientService::Stub::GetRecipient, recipient));
  v1::FindRecipientsRequest find;
  for (int i = 0; i < 8; ++i) *find.add_recipients() = SomePerson(pick, people);
  queries.push_back(Single(&v1::RecipientService::Stub::FindRecipients, find));
}

// Digests are those of the newest position only for who waits for them there.
AsOfQuery StatusQuery() {
  return {"GetStatusRequest", [](const auto& channel, const v1::ReadOptions& read) {
            v1::GetStatusRequest asked;
            *asked.mutable_read() = read;
            AsOfAnswer answer;
            if (read.as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) {
              v1::GetHeadResponse head;
              CHECK(AskOnce(channel, &v1::LogService::Stub::GetHead, v1::GetHeadRequest(), head,
                            answer));
              answer = AsOfAnswer();
              asked.mutable_read()->set_min_position(head.true_at().position());
            }
            v1::GetStatusResponse response;
            if (AskOnce(channel, &v1::AdminService::Stub::GetStatus, asked, response, answer)) {
              answer.text += response.DebugString();
            }
            return answer;
          }};
}

void AddLog(const PickBelow& pick, int people, std::vector<AsOfQuery>& queries) {
  v1::ReadEventsRequest events;
  events.set_backward(pick(2) == 0);
  events.set_limit(1 + pick(40));
  if (pick(2) == 0) events.set_from_position(pick(20 * people));
  if (pick(3) == 0)
    events.mutable_from_time()->set_seconds(kStartTimeUs / 1'000'000 + pick(86'400));
  if (pick(2) == 0) events.mutable_filter()->add_types("PaymentInstructed");
  queries.push_back(Single(&v1::LogService::Stub::ReadEvents, events));
  queries.push_back(Single(&v1::LogService::Stub::GetHead, v1::GetHeadRequest()));
  queries.push_back(StatusQuery());
}

}  // namespace

std::vector<AsOfQuery> RandomQueries(const PickBelow& pick, int people) {
  std::vector<AsOfQuery> queries;
  AddBalances(pick, people, queries);
  AddAudit(pick, people, queries);
  AddEligibility(pick, queries);
  AddBatches(pick, queries);
  AddRecipients(pick, people, queries);
  AddLog(pick, people, queries);
  v1::GetProgramRequest program;
  program.set_program("KJS");
  queries.push_back(Single(&v1::ProgramService::Stub::GetProgram, program));
  queries.push_back(Paged(&v1::ProgramService::Stub::ListPrograms, v1::ListProgramsRequest(), 1));
  return queries;
}

}  // namespace bansos::testing
