// What callers may state too large: it is refused by its field, never repeated where it could be a
// NIK, and what is allowed costs no more than what is there.
#include <gmock/gmock.h>

#include <functional>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "grpc/limits.h"
#include "grpc/method_table.h"
#include "ledger/domain/limits.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// A NIK of nobody, where a number is asked for.
constexpr uint64_t kNikAsNumber = 3374010101900000;

class BoundsTest : public OfficeFixture {};

TEST_F(BoundsTest, ARankingNamesTheLowestFreeSlotsOfAnyQuota) {
  OpenOffice(/*quota=*/kMaxQuota);
  const std::vector<uint64_t> recipients = Entitle(2);
  const std::vector<uint64_t> others = Register(2, 2);
  Assess(others, {2, 1});
  Propose(others, "P-2");
  Decide(others);
  v1::RankCandidatesRequest rank;
  rank.mutable_read()->set_min_position(parts().log().Head().size);
  rank.set_program("KJS");
  rank.set_count(100'000);
  const auto ranking = Call(&v1::EligibilityService::Stub::RankCandidates, rank);
  EXPECT_EQ(ranking.free_slots(), kMaxQuota - 2);
  ASSERT_THAT(ranking.ranked(), SizeIs(2));
  EXPECT_EQ(ranking.ranked(0).recipient(), others[1]);
  EXPECT_EQ(ranking.ranked(0).slot(), 3u);
  EXPECT_EQ(ranking.ranked(1).slot(), 4u);
}

TEST_F(BoundsTest, AQuotaBeyondThePeopleOfTheProvinceIsRefused) {
  OpenOffice();
  v1::AmendProgramRequest request;
  *request.mutable_basis() = Letter("SK", "SK-9");
  request.set_program("KJS");
  v1::Tranche& tranche = *request.add_tranches();
  tranche.set_number(1);
  tranche.set_amount(kTrancheAmount);
  tranche.set_entitlement_date("2025-01-01");
  for (const uint32_t quota : {kMaxQuota + 1, std::numeric_limits<uint32_t>::max()}) {
    request.set_quota(quota);
    v1::AmendProgramResponse response;
    const grpc::Status status = Try(&v1::ProgramService::Stub::AmendProgram, request, response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    const std::vector<v1::Refusal> refusals = RefusalsOf(status);
    ASSERT_THAT(refusals, SizeIs(1));
    EXPECT_EQ(refusals[0].code(), "BAD_NUMBER");
    EXPECT_EQ(refusals[0].field(), "quota");
  }
}

TEST_F(BoundsTest, ANikInThePlaceOfANumberIsNotRepeated) {
  OpenOffice();
  v1::SendTransfersRequest sends;
  sends.set_program("KJS");
  sends.set_tranche(1);
  v1::Transfer& item = *sends.add_items();
  item.set_recipient(kNikAsNumber);
  item.set_number(1);
  item.set_attempt(1);
  const auto sent = Call(&v1::PaymentService::Stub::SendTransfers, sends);
  ASSERT_THAT(sent.outcomes().refusals(), SizeIs(1));
  EXPECT_EQ(sent.outcomes().refusals(0).code(), "BAD_NUMBER");
  EXPECT_THAT(sent.outcomes().refusals(0).message(), Not(HasSubstr("3374")));

  v1::ProposeCandidatesRequest proposals = Proposals({kNikAsNumber});
  const auto proposed = Call(&v1::EligibilityService::Stub::ProposeCandidates, proposals);
  ASSERT_THAT(proposed.outcomes().refusals(), SizeIs(1));
  EXPECT_THAT(proposed.outcomes().refusals(0).message(), Not(HasSubstr("3374")));

  v1::GetBalancesRequest query;
  query.set_group_by(v1::BALANCE_GROUP_RECIPIENT);
  query.set_recipient(kNikAsNumber);
  v1::GetBalancesResponse balances;
  const grpc::Status status = Try(&v1::BalanceService::Stub::GetBalances, query, balances);
  EXPECT_THAT(status.error_message(), Not(HasSubstr("3374")));
}

TEST_F(BoundsTest, ATextThatWouldReachTheTerminalIsRefusedByItsField) {
  OpenOffice();
  v1::AppropriateBudgetRequest request;
  request.set_program("KJS");
  request.set_amount(1);
  for (const char* number : {"DPA\n2", "DPA\x1b[2J", "DPA\u202e2", "  "}) {
    *request.mutable_basis() = Letter("DPA", number);
    v1::AppropriateBudgetResponse response;
    const grpc::Status status =
        Try(&v1::ProgramService::Stub::AppropriateBudget, request, response);
    const std::vector<v1::Refusal> refusals = RefusalsOf(status);
    ASSERT_THAT(refusals, SizeIs(1)) << number;
    EXPECT_EQ(refusals[0].code(), "BAD_TEXT");
    EXPECT_EQ(refusals[0].field(), "basis.document.number");
    EXPECT_THAT(status.error_message(), Not(HasSubstr("\x1b")));
  }
}

// Sets the read options of a query, if it has any, to a position that does not come.
void AwaitWhatNeverComes(uint64_t size, google::protobuf::Message& query) {
  const auto* field = query.GetDescriptor()->FindFieldByName("read");
  if (field == nullptr) return;
  auto& read = static_cast<v1::ReadOptions&>(*query.GetReflection()->MutableMessage(&query, field));
  read.set_min_position(size + kMaxAwaitedEvents / 2);
}

// Calls visit(entries) with each list of the message or of a message within it grown to so many.
void GrowLists(google::protobuf::Message& message,
               const std::function<void(const std::string& name)>& visit) {
  using Field = google::protobuf::FieldDescriptor;
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const Field* field = message.GetDescriptor()->field(i);
    if (!field->is_repeated()) {
      if (field->message_type() == nullptr) continue;
      GrowLists(*reflection->MutableMessage(&message, field), visit);
      reflection->ClearField(&message, field);
      continue;
    }
    const bool listed = field->type() == Field::TYPE_ENUM;
    for (size_t n = 0; n <= (listed ? kMaxFilterValues : kMaxRequestItems); ++n) {
      if (listed) {
        reflection->AddEnumValue(&message, field, 1);
      } else if (field->cpp_type() == Field::CPPTYPE_STRING) {
        reflection->AddString(&message, field, "LedgerOpened");
      } else if (field->cpp_type() == Field::CPPTYPE_UINT64) {
        reflection->AddUInt64(&message, field, 1);
      } else {
        reflection->AddMessage(&message, field);
      }
    }
    visit(field->full_name());
    reflection->ClearField(&message, field);
  }
}

// It is refused before the query waits for anything: what waits is no longer than it can be.
TEST_F(BoundsTest, AFilterOfAQueryHasSoManyEntries) {
  OpenOffice();
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  int lists = 0;
  for (const MethodRow& row : AllMethods()) {
    const auto* method =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(std::string(row.name));
    if (row.lane == Lane::kWrite || !AnswersOnce(*method)) continue;
    const std::unique_ptr<google::protobuf::Message> query(
        factory->GetPrototype(method->input_type())->New());
    GrowLists(*query, [&](const std::string& name) {
      ++lists;
      const std::unique_ptr<google::protobuf::Message> asked(query->New());
      asked->CopyFrom(*query);
      AwaitWhatNeverComes(parts().log().Head().size, *asked);
      std::string response;
      const grpc::Status status =
          CallBytes(absl::StrCat("/", method->service()->full_name(), "/", method->name()),
                    asked->SerializeAsString(), response, std::chrono::seconds(10));
      EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << name;
      EXPECT_THAT(status.error_message(), HasSubstr("entries; at most")) << name;
    });
  }
  EXPECT_EQ(lists, 6);  // Kinds, states, recipients, and the three of events.
}

// What every enumeration that a filter lists has to fit.
TEST_F(BoundsTest, AFilterCanListEveryValue) {
  EXPECT_LE(v1::ExceptionKind_descriptor()->value_count(), static_cast<int>(kMaxFilterValues));
  EXPECT_LE(v1::PaymentState_descriptor()->value_count(), static_cast<int>(kMaxFilterValues));
}

}  // namespace
}  // namespace bansos::testing
