#include "projections/exception_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

constexpr Rupiah kBenefit = 600'000;
constexpr Date kToday = 20250701;

// Two programmes of 2025 with money, and recipients 1 to 4.
Story TwoPrograms() {
  Story story;
  story.OpenProgram("KJS");
  story.OpenProgram("BLT");
  story.Appropriate("KJS", 100 * kBenefit);
  story.Appropriate("BLT", 100 * kBenefit);
  for (uint64_t recipient = 1; recipient <= 4; ++recipient) story.Register(recipient);
  return story;
}

std::vector<ExceptionRow> RowsOf(const Story& story, ExceptionKind kind, Date date = kToday) {
  ExceptionView view;
  EXPECT_OK(story.ApplyTo(view));
  const absl::StatusOr<ExceptionPage> page = view.Page({.date = date, .kind = kind, .limit = 1000});
  EXPECT_OK(page);
  return page.ok() ? page->rows : std::vector<ExceptionRow>();
}

TEST(HeldReportTest, IsAnExceptionUntilResolvedOrCited) {
  Story story = TwoPrograms();
  const PaymentKey key = Key("KJS", 1, 1);
  story.Instruct(key, kBenefit, /*batch=*/7);
  const Position never_sent = story.Hold(key, HoldRule::kNeverSent, kBenefit, 20250310);
  const Position unknown = story.Hold(std::nullopt, HoldRule::kUnknownReference, 5, 20250311);
  const auto both = RowsOf(story, ExceptionKind::kHeldReport);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].recipient, RecipientNumber(1));
  EXPECT_THAT(both[0].programs, ElementsAre("KJS"));
  EXPECT_EQ(both[0].batch, 7u);
  EXPECT_EQ(both[0].amount, kBenefit);
  EXPECT_EQ(both[0].date, 20250310);
  EXPECT_EQ(both[0].detail, static_cast<uint32_t>(HoldRule::kNeverSent));
  EXPECT_THAT(both[0].positions, ElementsAre(never_sent));
  EXPECT_THAT(both[1].programs, IsEmpty());
  EXPECT_EQ(both[1].amount, 5);

  story.Settle(key, 20250310, never_sent);
  EXPECT_EQ(RowsOf(story, ExceptionKind::kHeldReport).size(), 1u);
  story.Resolve(unknown);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kHeldReport), IsEmpty());
}

TEST(HeldReportTest, ResolvedAtBirthIsNoException) {
  Story story = TwoPrograms();
  const PaymentKey key = Key("KJS", 1, 1);
  story.Pay(key, kBenefit, 20250310);
  story.Hold(key, HoldRule::kRepeated, kBenefit, 20250310);
  story.Hold(key, HoldRule::kSuperseded, kBenefit, 20250309);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kHeldReport), IsEmpty());
}

TEST(HeldReportTest, ResolvingWhatIsNotOpenIsAFault) {
  Story story = TwoPrograms();
  ExceptionView view;
  ASSERT_OK(story.ApplyTo(view));
  EXPECT_THAT(view.Apply(Position(99), {.body = ReportResolved{.held_position = Position(3)}}),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(PaidToTheDeadTest, ShowsWhicheverWasRecordedFirst) {
  Story story = TwoPrograms();
  const Position paid_before_report = story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  const Position death_of_1 = story.Die(1, 20250309);
  const Position death_of_2 = story.Die(2, 20250309);
  const Position paid_after_report = story.Pay(Key("KJS", 1, 2), kBenefit, 20250311);
  story.Pay(Key("KJS", 1, 3), kBenefit, 20250309);
  story.Die(3, 20250309);  // on the day itself: not after it
  const auto rows = RowsOf(story, ExceptionKind::kPaidToTheDead);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].recipient, RecipientNumber(1));
  EXPECT_EQ(rows[0].tranche, 1u);
  EXPECT_EQ(rows[0].payment_number, 1u);
  EXPECT_EQ(rows[0].amount, kBenefit);
  EXPECT_EQ(rows[0].date, 20250310);
  EXPECT_EQ(rows[0].died_on, 20250309);
  EXPECT_THAT(rows[0].positions, ElementsAre(paid_before_report, death_of_1));
  EXPECT_THAT(rows[1].positions, ElementsAre(death_of_2, paid_after_report));
}

TEST(PaidToTheDeadTest, FollowsTheDeathAndThePaymentThatStand) {
  Story story = TwoPrograms();
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  story.Die(1, 20250301);
  EXPECT_EQ(RowsOf(story, ExceptionKind::kPaidToTheDead).size(), 1u);
  story.Die(1, 20250401);  // a corrected date
  EXPECT_THAT(RowsOf(story, ExceptionKind::kPaidToTheDead), IsEmpty());
  story.Die(1, 20250301);
  story.Die(1, 0);  // the person lives
  EXPECT_THAT(RowsOf(story, ExceptionKind::kPaidToTheDead), IsEmpty());
  story.Die(1, 20250301);
  EXPECT_EQ(RowsOf(story, ExceptionKind::kPaidToTheDead).size(), 1u);
  story.Return(Key("KJS", 1, 1), 20250312);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kPaidToTheDead), IsEmpty());
}

TEST(SharedAccountTest, ComparesTheLatestPayees) {
  Story story = TwoPrograms();
  story.AssignPayee(1, 500);
  const Position second = story.AssignPayee(2, 500, SharedAccountReason::kSameGuardian);
  story.AssignPayee(3, 501);
  story.AssignPayee(4, 0);  // cash
  const auto rows = RowsOf(story, ExceptionKind::kSharedAccount);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].group, 500u);
  EXPECT_EQ(rows[0].group_size, 2u);
  EXPECT_EQ(rows[0].detail, static_cast<uint32_t>(SharedAccountReason::kNone));
  EXPECT_EQ(rows[1].recipient, RecipientNumber(2));
  EXPECT_EQ(rows[1].detail, static_cast<uint32_t>(SharedAccountReason::kSameGuardian));
  EXPECT_THAT(rows[1].positions, ElementsAre(second));

  story.AssignPayee(3, 500);
  EXPECT_EQ(RowsOf(story, ExceptionKind::kSharedAccount).size(), 3u);
  story.AssignPayee(1, 502);
  story.AssignPayee(2, 0);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kSharedAccount), IsEmpty());
}

TEST(TwoProgramsTest, TwoRunningEntitlementsUntilOneEnds) {
  Story story = TwoPrograms();
  const Position kjs = story.Decree("KJS", 1, 1);
  const Position blt = story.Decree("BLT", 1, 1);
  story.Decree("BLT", 2, 2);
  const auto rows = RowsOf(story, ExceptionKind::kTwoPrograms);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].recipient, RecipientNumber(1));
  EXPECT_THAT(rows[0].programs, ElementsAre("KJS", "BLT"));
  EXPECT_THAT(rows[0].positions, ElementsAre(kjs, blt));
  EXPECT_EQ(rows[0].detail, kEntitledInSeveral);
  story.End("KJS", 1, 1);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kTwoPrograms), IsEmpty());
}

TEST(TwoProgramsTest, PaidInBothShowsThoughNoEntitlementRuns) {
  Story story = TwoPrograms();
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  story.Pay(Key("KJS", 2, 1), kBenefit, 20250610);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kTwoPrograms), IsEmpty());
  story.Pay(Key("BLT", 1, 1), 2 * kBenefit, 20250310);
  const auto rows = RowsOf(story, ExceptionKind::kTwoPrograms);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].detail, kPaidInSeveral);
  EXPECT_EQ(rows[0].amount, 4 * kBenefit);
  EXPECT_EQ(rows[0].positions.size(), 3u);
}

TEST(TwoProgramsTest, TheNextFiscalYearIsAnotherMatter) {
  Story story = TwoPrograms();
  story.OpenProgram("KJS-2026", 2026);
  story.Appropriate("KJS-2026", 10 * kBenefit);
  story.Decree("KJS", 1, 1);
  story.Decree("KJS-2026", 1, 1);
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  story.Pay(Key("KJS-2026", 1, 1), kBenefit, 20260310);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kTwoPrograms), IsEmpty());
}

TEST(CrowdedKkTest, CountsRunningEntitlementsOfOneKk) {
  Story story = TwoPrograms();
  for (uint64_t recipient = 11; recipient <= 13; ++recipient) {
    story.Register(recipient, /*kk=*/77);
    story.Decree("BLT", recipient, static_cast<uint32_t>(recipient));
  }
  const auto rows = RowsOf(story, ExceptionKind::kCrowdedKk);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].group, 77u);
  EXPECT_EQ(rows[0].group_size, 3u);
  EXPECT_EQ(rows[0].detail, static_cast<uint32_t>(kDefaultKkMaxRecipients));
  EXPECT_THAT(rows[2].programs, ElementsAre("BLT"));
  story.End("BLT", 12, 12);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kCrowdedKk), IsEmpty());
}

TEST(CrowdedKkTest, ThePolicyCountsFromItsDateInForce) {
  Story story = TwoPrograms();
  for (uint64_t recipient = 11; recipient <= 12; ++recipient) {
    story.Register(recipient, /*kk=*/77);
    story.Decree("BLT", recipient, static_cast<uint32_t>(recipient));
  }
  story.SetPolicy(kKkPolicy, 1, 1, 20250601);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kCrowdedKk, 20250531), IsEmpty());
  EXPECT_EQ(RowsOf(story, ExceptionKind::kCrowdedKk, 20250601).size(), 2u);
  story.Tell(
      IdentityCorrected{.recipient = RecipientNumber(12), .area = 3374, .kk_token = KkToken(78)});
  EXPECT_THAT(RowsOf(story, ExceptionKind::kCrowdedKk, 20250601), IsEmpty());
}

TEST(UnrepairedReturnTest, CountsDaysToTheQuerysDate) {
  Story story = TwoPrograms();
  const PaymentKey key = Key("KJS", 1, 1);
  story.Instruct(key, kBenefit, /*batch=*/3);
  story.Send(key);
  const Position returned = story.Return(key, 20250301, ReturnReason::kAC04);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kUnrepairedReturn, 20250331), IsEmpty());
  const auto rows = RowsOf(story, ExceptionKind::kUnrepairedReturn, 20250401);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].days, 31);
  EXPECT_EQ(rows[0].batch, 3u);
  EXPECT_EQ(rows[0].detail, static_cast<uint32_t>(ReturnReason::kAC04));
  EXPECT_THAT(rows[0].positions, ElementsAre(returned));
  story.SetPolicy(kReturnPolicy, 1, 31, 20250101);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kUnrepairedReturn, 20250401), IsEmpty());
  EXPECT_EQ(RowsOf(story, ExceptionKind::kUnrepairedReturn, 20250402).size(), 1u);
}

TEST(UnrepairedReturnTest, EndsWithReissueRemittanceOrALaterSettlement) {
  for (const int way : {0, 1, 2}) {
    Story story = TwoPrograms();
    const PaymentKey key = Key("KJS", 1, 1);
    story.Instruct(key, kBenefit);
    story.Send(key);
    story.Return(key, 20250301);
    if (way == 0) story.Reissue(key);
    if (way == 1) story.Remit(key);
    if (way == 2) story.Settle(key, 20250302);
    EXPECT_THAT(RowsOf(story, ExceptionKind::kUnrepairedReturn), IsEmpty()) << way;
  }
}

}  // namespace
}  // namespace bansos
