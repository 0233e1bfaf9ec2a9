#include "projections/balance_view.h"

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
using ::testing::HasSubstr;

constexpr Rupiah kBenefit = 600'000;
constexpr AreaCode kCilacap = 3301;
constexpr AreaCode kSemarang = 3374;

// Two programmes, three people, money in every bucket that these events reach.
Story ManyBuckets() {
  Story story;
  story.OpenProgram("KJS");
  story.OpenProgram("BLT");
  for (uint64_t recipient = 1; recipient <= 3; ++recipient) story.Register(recipient);
  story.Appropriate("KJS", 10 * kBenefit);
  story.Appropriate("KJS", -kBenefit);
  story.Instruct(Key("KJS", 1, 1), kBenefit, 1, kCilacap);
  story.Instruct(Key("KJS", 1, 2), kBenefit, 1, kSemarang);
  story.Instruct(Key("KJS", 1, 3), kBenefit, 2, kSemarang);
  story.Withdraw(Key("KJS", 1, 3));
  story.Send(Key("KJS", 1, 1));
  story.Send(Key("KJS", 1, 2));
  story.Settle(Key("KJS", 1, 1), 20250310);
  story.Return(Key("KJS", 1, 2), 20250311);
  story.Remit(Key("KJS", 1, 2));
  story.Instruct(Key("KJS", 2, 1), kBenefit, 1, kCilacap);
  return story;
}

TEST(BalanceViewTest, AProgrammeHoldsEveryBucketAndWhatItWasGiven) {
  BalanceView view;
  ASSERT_OK(ManyBuckets().ApplyTo(view));
  const BalanceRow* row = view.Find(BalanceBy::kProgram, "KJS");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->appropriated, 9 * kBenefit);
  EXPECT_EQ(row->available, 6 * kBenefit);
  EXPECT_EQ(row->money.instructed, 4 * kBenefit);
  EXPECT_EQ(row->money.withdrawn, kBenefit);
  EXPECT_EQ(row->money.in(Bucket::kObligated), kBenefit);
  EXPECT_EQ(row->money.in(Bucket::kInTransit), 0);
  EXPECT_EQ(row->money.in(Bucket::kPaid), kBenefit);
  EXPECT_EQ(row->money.in(Bucket::kReturned), 0);
  EXPECT_EQ(row->money.in(Bucket::kRemitted), kBenefit);
  EXPECT_EQ(row->payments_in(Bucket::kPaid), 1u);
  EXPECT_EQ(*view.Find(BalanceBy::kProgram, "BLT"), BalanceRow());
}

TEST(BalanceViewTest, PartsAreKeptByTrancheBatchAndArea) {
  BalanceView view;
  ASSERT_OK(ManyBuckets().ApplyTo(view));
  const auto instructed = [&](BalanceBy by, uint32_t tranche, uint32_t part) {
    const BalanceRow* row = view.Find(by, "KJS", tranche, part);
    return row == nullptr ? -1 : row->money.instructed;
  };
  EXPECT_EQ(instructed(BalanceBy::kTranche, 1, 0), 3 * kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kTranche, 2, 0), kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kBatch, 1, 1), 2 * kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kBatch, 1, 2), kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kBatch, 2, 1), kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kArea, 0, kCilacap), 2 * kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kArea, 0, kSemarang), 2 * kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kTrancheArea, 2, kCilacap), kBenefit);
  EXPECT_EQ(instructed(BalanceBy::kTrancheArea, 2, kSemarang), -1);
  EXPECT_EQ(view.Find(BalanceBy::kTrancheArea, "KJS", 1, kCilacap)->payments_in(Bucket::kPaid), 1u);
}

TEST(BalanceViewTest, PagesGoOnBehindTheLastRowWhateverHappenedBetween) {
  BalanceView view;
  Story story = ManyBuckets();
  ASSERT_OK(story.ApplyTo(view));
  BalanceQuery query{.by = BalanceBy::kBatch, .program = "KJS", .limit = 2};
  ASSERT_OK_AND_ASSIGN(const BalancePage first, view.Page(query));
  ASSERT_EQ(first.rows.size(), 2u);
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.rows[1].key, (BalanceKey{0, 1, 2}));

  const EventBody between = BatchDrafted{.batch = {.program = "KJS", .tranche = 1, .number = 3}};
  ASSERT_OK(view.Apply(Position(story.events().size()), {.body = between}));
  query.after = first.rows[1].key;
  ASSERT_OK_AND_ASSIGN(const BalancePage second, view.Page(query));
  ASSERT_EQ(second.rows.size(), 2u);
  EXPECT_FALSE(second.more);
  EXPECT_EQ(second.rows[0].key, (BalanceKey{0, 1, 3}));
  EXPECT_EQ(second.rows[1].key, (BalanceKey{0, 2, 1}));
}

TEST(BalanceViewTest, FiltersByProgrammeAndTranche) {
  BalanceView view;
  ASSERT_OK(ManyBuckets().ApplyTo(view));
  ASSERT_OK_AND_ASSIGN(
      const BalancePage page,
      view.Page({.by = BalanceBy::kTranche, .program = "BLT", .tranche = 2, .limit = 10}));
  ASSERT_EQ(page.rows.size(), 1u);
  EXPECT_EQ(page.rows[0].program, "BLT");
  EXPECT_EQ(page.rows[0].key.tranche, 2u);
  EXPECT_THAT(view.Page({.program = "PKH", .limit = 10}), StatusIs(absl::StatusCode::kNotFound));
}

// Invariant 3, each way in which an entry could break it.
TEST(BalanceViewTest, MoneyThatWasNeverThereIsRefused) {
  Story story = ManyBuckets();
  const auto refuse = [&](EventBody body) {
    BalanceView view;
    EXPECT_OK(story.ApplyTo(view));
    return view.Apply(Position(story.events().size()), {.body = std::move(body)});
  };
  const auto move = [](Rupiah amount, Bucket from, Bucket to) {
    return Movement{.batch = 1, .area = kCilacap, .amount = amount, .from = from, .to = to};
  };
  const PaymentKey key = Key("KJS", 1, 1);
  EXPECT_THAT(
      refuse(TransferSent{.payment = key,
                          .movement = move(2 * kBenefit, Bucket::kObligated, Bucket::kInTransit)}),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("invariant 3")));
  EXPECT_THAT(
      refuse(PaymentInstructed{
          .payment = key, .movement = move(7 * kBenefit, Bucket::kAvailable, Bucket::kObligated)}),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("invariant 3")));
  EXPECT_THAT(refuse(TransferSettled{
                  .payment = key, .movement = move(kBenefit, Bucket::kAvailable, Bucket::kPaid)}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no payment moves")));
  EXPECT_THAT(refuse(TransferSettled{.payment = key,
                                     .movement = move(kBenefit, Bucket::kOutside, Bucket::kPaid)}),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(refuse(TransferSettled{
                  .payment = key, .movement = move(-kBenefit, Bucket::kPaid, Bucket::kReturned)}),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(refuse(BudgetAppropriated{.program = "KJS", .amount = -7 * kBenefit}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("invariant 3")));
  EXPECT_THAT(refuse(BudgetAppropriated{.program = "PKH", .amount = kBenefit}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("never opened")));
}

}  // namespace
}  // namespace bansos
