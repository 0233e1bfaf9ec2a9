// Retries are answered with the first answer, also after a restart, and write nothing (rule 7).
#include <gmock/gmock.h>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class RetryTest : public OfficeFixture {};

TEST_F(RetryTest, AfterARestartTheFirstPositionsAreTheAnswer) {
  OpenOffice();
  v1::RegisterRecipientsRequest request = Registrations(0, 50);
  const auto first = Call(&v1::RecipientService::Stub::RegisterRecipients, request);
  const std::vector<uint64_t> recipients(first.recipients().begin(), first.recipients().end());
  AssignPayees(recipients, 0);
  Assess(recipients, std::vector<int64_t>(50, 2));
  const uint64_t size = parts().log().Head().size;

  Restart();
  request.mutable_options()->set_request_id("another-request");
  const auto again = Call(&v1::RecipientService::Stub::RegisterRecipients, request, "operator-2");
  EXPECT_THAT(again.recipients(), ElementsAreArray(recipients));
  ASSERT_THAT(again.outcomes().accepted(), SizeIs(1));
  EXPECT_TRUE(again.outcomes().accepted(0).already_recorded());
  EXPECT_EQ(again.outcomes().accepted(0).first_position(),
            first.outcomes().accepted(0).first_position());
  // What is sealed seals to the same bytes, so these are retries too.
  AssignPayees(recipients, 0);
  Assess(recipients, std::vector<int64_t>(50, 2));
  EXPECT_EQ(parts().log().Head().size, size);
}

TEST_F(RetryTest, OtherContentIsRefusedAndNamesTheField) {
  OpenOffice();
  v1::RegisterRecipientsRequest request = Registrations(0, 1);
  Call(&v1::RecipientService::Stub::RegisterRecipients, request);
  request.mutable_items(0)->set_area("33.01");
  const auto response = Call(&v1::RecipientService::Stub::RegisterRecipients, request);
  ASSERT_THAT(response.outcomes().refusals(), SizeIs(1));
  EXPECT_EQ(response.outcomes().refusals(0).code(), "KEY_TAKEN");
  EXPECT_THAT(response.outcomes().refusals(0).message(), HasSubstr("area"));
}

TEST_F(RetryTest, ReservationWithoutAnEventIsUsedAgain) {
  OpenOffice();
  // As after a kill between the vault's reservation and the append.
  const auto reserved = parts().vault().ReserveRecipients({"nik:" + NikOf(5)});
  ASSERT_TRUE(reserved.ok());
  Restart();
  EXPECT_EQ(Register(5, 1).front(), reserved->front().number.value());
}

TEST_F(RetryTest, StateAndViewsSurviveARestart) {
  OpenOffice(5);
  const std::vector<uint64_t> recipients = Entitle(5);
  ReleaseBatch(1, recipients);
  const v1::GetStatusResponse before = StatusNow();
  Restart();
  v1::GetStatusRequest request;
  request.mutable_read()->set_min_position(before.true_at().position());
  const auto after = Call(&v1::AdminService::Stub::GetStatus, request);
  EXPECT_EQ(after.root(), before.root());
  ASSERT_EQ(after.views_size(), before.views_size());
  for (int i = 0; i < after.views_size(); ++i) {
    EXPECT_EQ(after.views(i).digest(), before.views(i).digest()) << after.views(i).name();
  }
  ExpectAllAccepted(
      Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1), "treasurer").outcomes(), 5);
}

}  // namespace
}  // namespace bansos::testing
