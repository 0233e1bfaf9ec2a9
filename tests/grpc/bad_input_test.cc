// What callers do wrong: each gets an error that names the place and the fix, and nothing is
// recorded.
#include <gmock/gmock.h>

#include <limits>

#include "grpc/limits.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class BadInputTest : public OfficeFixture {
 protected:
  // Sends bytes to a method as they are.
  grpc::Status CallRaw(const std::string& method, const std::string& bytes) {
    grpc::GenericStub stub(channel());
    grpc::ClientContext context;
    Prepare(context, "operator-1", std::chrono::seconds(30));
    grpc::CompletionQueue queue;
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, this);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return status;
  }

  v1::RegisterRecipientsResponse TryRegister(const v1::RegisterRecipientsRequest& request) {
    return Call(&v1::RecipientService::Stub::RegisterRecipients, request);
  }
};

TEST_F(BadInputTest, GarbageIsNamed) {
  const grpc::Status status =
      CallRaw("/bansos.v1.ProgramService/OpenProgram", std::string("\xff\xff\xff\xff garbage"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("bansos.v1.OpenProgramRequest"));
}

TEST_F(BadInputTest, TextThatIsNotUtf8IsRefused) {
  // Field 3 (program) with a lone continuation byte.
  const grpc::Status status =
      CallRaw("/bansos.v1.ProgramService/OpenProgram", std::string("\x1a\x01\x80", 3));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(BadInputTest, MessageOverTheLimitIsRefused) {
  v1::OpenProgramRequest request;
  request.set_name(std::string(kMaxMessageBytes + 1, 'x'));
  v1::OpenProgramResponse response;
  const grpc::Status status = Try(&v1::ProgramService::Stub::OpenProgram, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("16777216"));
}

TEST_F(BadInputTest, CommandWithoutActorIsUnauthenticated) {
  v1::RegisterRecipientsResponse response;
  const grpc::Status status = Try(&v1::RecipientService::Stub::RegisterRecipients,
                                  Registrations(0, 1), response, /*actor=*/"");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(status.error_message(), HasSubstr("bansos-actor"));
  EXPECT_EQ(parts().vault().NextRecipient(), RecipientNumber(1));
}

TEST_F(BadInputTest, AWrongActorIsToldOnceForTheWholeCall) {
  struct Case {
    const char* actor;
    const char* code;
  };
  for (const Case& wrong : {Case{"Orang", "ACTOR_MISSING"}, Case{"orang 1", "ACTOR_MISSING"},
                            Case{"3374010101700001", "ACTOR_IS_PERSONAL"},
                            Case{"3374.0101.0170.0001", "ACTOR_IS_PERSONAL"}}) {
    v1::RegisterRecipientsResponse response;
    const grpc::Status status = Try(&v1::RecipientService::Stub::RegisterRecipients,
                                    Registrations(0, 3), response, wrong.actor);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << wrong.actor;
    const std::vector<v1::Refusal> refusals = RefusalsOf(status);
    ASSERT_EQ(refusals.size(), 1u) << wrong.actor;
    EXPECT_EQ(refusals[0].code(), wrong.code);
    EXPECT_THAT(status.error_message(), Not(HasSubstr("3374")));
  }
  EXPECT_EQ(parts().vault().NextRecipient(), RecipientNumber(1));
}

TEST_F(BadInputTest, TooManyItemsAreRefused) {
  v1::ProposeCandidatesRequest request;
  for (size_t i = 0; i <= kMaxRequestItems; ++i) request.add_items();
  v1::ProposeCandidatesResponse response;
  const grpc::Status status =
      Try(&v1::EligibilityService::Stub::ProposeCandidates, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("8192"));
}

TEST_F(BadInputTest, WrongItemsAreRefusedAloneAndNeverQuoted) {
  OpenOffice();
  v1::RegisterRecipientsRequest request = Registrations(0, 7);
  request.mutable_items(1)->mutable_identity()->set_nik("3.37402E+15");
  request.mutable_items(2)->mutable_identity()->set_kk("1234");
  request.mutable_items(3)->mutable_identity()->set_birth_date("31-12-1980");
  request.mutable_items(4)->set_area("Semarang");
  request.mutable_items(5)->set_kind(static_cast<ledger::v1::RecipientKind>(77));
  request.mutable_items(6)->mutable_identity()->set_sex(static_cast<v1::Sex>(9));
  const auto response = TryRegister(request);
  const auto& refusals = response.outcomes().refusals();
  ASSERT_THAT(refusals, SizeIs(6));
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"BAD_NIK", "identity.nik"}, {"BAD_KK", "identity.kk"}, {"BAD_DATE", "identity.birth_date"},
      {"BAD_AREA", "area"},        {"BAD_ENUM", "kind"},      {"BAD_ENUM", "identity.sex"}};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(refusals[i].index(), static_cast<uint32_t>(i + 1));
    EXPECT_EQ(refusals[i].code(), expected[i].first);
    EXPECT_EQ(refusals[i].field(), expected[i].second);
    EXPECT_THAT(refusals[i].message(), Not(HasSubstr("3374")));
    EXPECT_THAT(refusals[i].message(), Not(HasSubstr("E+15")));
  }
  ASSERT_THAT(response.outcomes().accepted(), SizeIs(1));
  EXPECT_EQ(response.outcomes().accepted(0).count(), 1u);
}

TEST_F(BadInputTest, ValuesThatTheCatalogueDoesNotKnowAreRefusedAloneAndNeverQuoted) {
  OpenOffice();
  const std::vector<uint64_t> people = Register(0, 4);
  v1::RecordAssessmentsRequest request;
  *request.mutable_basis() = Letter("BAST", "SURVEY-1");
  request.set_catalogue("DT-JATENG");
  request.set_catalogue_version(1);
  request.add_indicators("desil");
  const int64_t deciles[] = {10, 99, 0, -1};
  for (size_t i = 0; i < people.size(); ++i) {
    v1::Assessment& item = *request.add_items();
    item.mutable_recipient()->set_number(people[i]);
    item.set_survey_date("2025-01-05");
    item.add_values(deciles[i]);
  }
  const auto response = Call(&v1::EligibilityService::Stub::RecordAssessments, request);
  const auto& refusals = response.outcomes().refusals();
  ASSERT_THAT(refusals, SizeIs(3));
  for (const v1::Refusal& refusal : refusals) {
    EXPECT_EQ(refusal.code(), "BAD_VALUES");
    EXPECT_EQ(refusal.field(), "values[0]");
    EXPECT_THAT(refusal.message(), HasSubstr("desil. Give 1..10."));
    EXPECT_THAT(refusal.message(), Not(HasSubstr("99")));
  }
  ASSERT_THAT(response.outcomes().accepted(), SizeIs(1));
  request.set_catalogue_version(2);
  v1::RecordAssessmentsResponse none;
  const grpc::Status status = Try(&v1::EligibilityService::Stub::RecordAssessments, request, none);
  EXPECT_THAT(status.error_message(), HasSubstr("none has this name and version 2"));
}

TEST_F(BadInputTest, AtomicRequestWithAFaultRecordsNothing) {
  OpenOffice();
  const uint64_t size = parts().log().Head().size;
  v1::RegisterRecipientsRequest request = Registrations(0, 3);
  request.mutable_options()->set_atomic(true);
  request.mutable_items(2)->set_area("33.02");
  v1::RegisterRecipientsResponse response;
  const grpc::Status status =
      Try(&v1::RecipientService::Stub::RegisterRecipients, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  const std::vector<v1::Refusal> refusals = RefusalsOf(status);
  ASSERT_THAT(refusals, SizeIs(1));
  EXPECT_EQ(refusals[0].index(), 2u);
  EXPECT_EQ(refusals[0].code(), "AREA_UNKNOWN");
  EXPECT_EQ(parts().log().Head().size, size);
}

TEST_F(BadInputTest, ErrorsOfManyRefusalsStillReachTheCaller) {
  OpenOffice();
  v1::RegisterRecipientsRequest request = Registrations(0, 200);
  request.mutable_options()->set_atomic(true);
  for (v1::Registration& item : *request.mutable_items()) item.set_area("33.02");
  v1::RegisterRecipientsResponse response;
  const grpc::Status status =
      Try(&v1::RecipientService::Stub::RegisterRecipients, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_FALSE(RefusalsOf(status).empty());
  EXPECT_LE(RefusalsOf(status).size(), kMaxListedRefusals);
}

TEST_F(BadInputTest, AmountsOutOfRangeAreRefused) {
  OpenOffice();
  v1::AppropriateBudgetRequest request;
  *request.mutable_basis() = Letter("DPA", "DPA-2");
  request.set_program("KJS");
  for (const int64_t amount :
       {int64_t{0}, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
    request.set_amount(amount);
    v1::AppropriateBudgetResponse response;
    const grpc::Status status =
        Try(&v1::ProgramService::Stub::AppropriateBudget, request, response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << amount;
    ASSERT_THAT(RefusalsOf(status), SizeIs(1));
    EXPECT_EQ(RefusalsOf(status)[0].code(), "BAD_AMOUNT");
  }
  request.set_amount(-1'000'000'000'000);  // More than is available.
  v1::AppropriateBudgetResponse response;
  const grpc::Status status = Try(&v1::ProgramService::Stub::AppropriateBudget, request, response);
  EXPECT_EQ(RefusalsOf(status)[0].code(), "TAKES_PROMISED_MONEY");
}

TEST_F(BadInputTest, UnknownEnumOfARequestIsRefused) {
  OpenOffice();
  v1::GetBalancesRequest request;
  request.set_group_by(static_cast<v1::BalanceGroup>(42));
  v1::GetBalancesResponse response;
  const grpc::Status status = Try(&v1::BalanceService::Stub::GetBalances, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("42"));
}

TEST_F(BadInputTest, PageTokensFromElsewhereAreRefused) {
  OpenOffice();
  Propose(Register(0, 5));
  v1::ListCandidatesRequest candidates;
  candidates.mutable_read()->set_min_position(parts().log().Head().size);
  candidates.set_program("KJS");
  candidates.set_page_size(2);
  const auto page = Call(&v1::EligibilityService::Stub::ListCandidates, candidates);
  ASSERT_FALSE(page.next_page_token().empty());

  std::string damaged = page.next_page_token();
  damaged[damaged.size() / 2] ^= 1;
  for (const std::string& token : {std::string("nonsense"), std::string(100'000, 'A'), damaged}) {
    candidates.set_page_token(token);
    v1::ListCandidatesResponse response;
    const grpc::Status status =
        Try(&v1::EligibilityService::Stub::ListCandidates, candidates, response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr("page_token"));
  }
  // Another filter of the same method, and another method.
  candidates.set_page_token(page.next_page_token());
  candidates.set_filter(v1::CANDIDATE_FILTER_NEEDS_DECISION);
  v1::ListCandidatesResponse response;
  EXPECT_EQ(Try(&v1::EligibilityService::Stub::ListCandidates, candidates, response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  v1::ListEntitlementsRequest entitlements;
  entitlements.set_program("KJS");
  entitlements.set_page_token(page.next_page_token());
  v1::ListEntitlementsResponse other;
  EXPECT_EQ(Try(&v1::EligibilityService::Stub::ListEntitlements, entitlements, other).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  // The token still works where it belongs, with another page size.
  candidates.set_filter(v1::CANDIDATE_FILTER_UNSPECIFIED);
  candidates.set_page_size(50);
  EXPECT_THAT(Call(&v1::EligibilityService::Stub::ListCandidates, candidates).candidates(),
              SizeIs(3));
}

TEST_F(BadInputTest, RecipientsThatNobodyKnowsAreRefused) {
  OpenOffice();
  v1::ProposeCandidatesRequest request = Proposals({4711, 0});
  request.mutable_items(1)->mutable_recipient()->set_nik(NikOf(33));
  *request.add_items() = request.items(0);
  request.mutable_items(2)->clear_recipient();
  const auto response = Call(&v1::EligibilityService::Stub::ProposeCandidates, request);
  ASSERT_THAT(response.outcomes().refusals(), SizeIs(3));
  for (const v1::Refusal& refusal : response.outcomes().refusals()) {
    EXPECT_EQ(refusal.code(), "RECIPIENT_UNKNOWN");
    EXPECT_THAT(refusal.message(), Not(HasSubstr(NikOf(33))));
  }
}

TEST_F(BadInputTest, OnlyLoopbackIsListenedOn) {
  EXPECT_FALSE(CheckLoopback("0.0.0.0:50051").ok());
  EXPECT_FALSE(CheckLoopback("192.168.1.4:50051").ok());
  EXPECT_FALSE(CheckLoopback("127.0.0.1").ok());
  EXPECT_FALSE(CheckLoopback("127.0.0.1.example.org:1").ok());
  EXPECT_FALSE(CheckLoopback("127.0.0.1:70000").ok());
  EXPECT_FALSE(CheckLoopback("unix:/tmp/socket").ok());
  EXPECT_TRUE(CheckLoopback("127.0.0.1:0").ok());
  EXPECT_TRUE(CheckLoopback("localhost:50051").ok());
  EXPECT_TRUE(CheckLoopback("[::1]:50051").ok());
}

}  // namespace
}  // namespace bansos::testing
