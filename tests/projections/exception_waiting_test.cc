// Exceptions about what waits for the bank: files without their lines, orders without an answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "projections/exception_view.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Rupiah kBenefit = 600'000;
constexpr Date kToday = 20250701;

// A programme of 2025 with money, and recipients 1 to 4.
Story OneProgram() {
  Story story;
  story.OpenProgram("KJS");
  story.Appropriate("KJS", 100 * kBenefit);
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

TEST(FileIncompleteTest, ShowsUntilEveryStatedLineIsIn) {
  Story story = OneProgram();
  story.SetDate(20250301);
  const PaymentKey first = Key("KJS", 1, 1), second = Key("KJS", 1, 2), third = Key("KJS", 1, 3);
  for (const PaymentKey& key : {first, second, third}) {
    story.Instruct(key, kBenefit);
    story.Send(key);
  }
  const Position file = story.ReceiveFile(3, 2 * kBenefit, kBenefit);
  story.ReportFrom(file);
  story.Settle(first, 20250310);
  const auto rows = RowsOf(story, ExceptionKind::kFileIncomplete, 20250304);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_THAT(rows[0].positions, ElementsAre(file));
  EXPECT_EQ(rows[0].lines, 3u);
  EXPECT_EQ(rows[0].lines_missing, 2u);
  EXPECT_EQ(rows[0].amount, 2 * kBenefit);
  EXPECT_EQ(rows[0].days, 3);
  // A held line is in the ledger as well as any other.
  story.Hold(second, HoldRule::kContradicts, kBenefit, 20250310);
  EXPECT_EQ(RowsOf(story, ExceptionKind::kFileIncomplete).size(), 1u);
  story.Return(third, 20250310);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kFileIncomplete), IsEmpty());
}

TEST(FileIncompleteTest, ShowsAFileWhoseLinesAreNotItsTotals) {
  for (const bool stated : {true, false}) {
    Story story = OneProgram();
    story.Instruct(Key("KJS", 1, 1), kBenefit);
    story.Send(Key("KJS", 1, 1));
    const Position file = story.ReceiveFile(1, 0, stated ? kBenefit : 0);
    story.ReportFrom(file);
    story.Settle(Key("KJS", 1, 1), 20250310);
    const auto rows = RowsOf(story, ExceptionKind::kFileIncomplete);
    story.EndFile(file);
    EXPECT_THAT(RowsOf(story, ExceptionKind::kFileIncomplete), IsEmpty());
    ASSERT_EQ(rows.size(), stated ? 1u : 0u);
    if (!stated) continue;
    EXPECT_EQ(rows[0].lines_missing, 0u);
    EXPECT_EQ(rows[0].amount, 2 * kBenefit);  // settled and not returned
  }
}

TEST(FileIncompleteTest, HostileTotalsAreNoNumbersBeyondMoney) {
  Story story = OneProgram();
  story.ReportFrom(story.ReceiveFile(3, kMaxRupiah, kMaxRupiah));
  for (int i = 0; i < 2; ++i) {
    story.Hold(std::nullopt, HoldRule::kUnknownReference, std::numeric_limits<Rupiah>::max(), 0);
  }
  EXPECT_GT(RowsOf(story, ExceptionKind::kFileIncomplete).at(0).amount, 0);
}

TEST(FileIncompleteTest, ALineTooManyIsAFault) {
  Story story = OneProgram();
  story.ReportFrom(story.ReceiveFile(1, 5, 0));
  story.Hold(std::nullopt, HoldRule::kUnknownReference, 5, 20250310);
  ExceptionView view;
  ASSERT_OK(story.ApplyTo(view));
  story.Hold(std::nullopt, HoldRule::kUnknownReference, 5, 20250310);
  EXPECT_THAT(view.Apply(Position(99), story.events().back()),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(OrderUnansweredTest, CountsDaysFromTheOrdersDate) {
  Story story = OneProgram();
  story.SetDate(20250301);
  const PaymentKey key = Key("KJS", 1, 1);
  story.Instruct(key, kBenefit, /*batch=*/3);
  const Position sent = story.Send(key);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kOrderUnanswered, 20250315), IsEmpty());
  const auto rows = RowsOf(story, ExceptionKind::kOrderUnanswered, 20250316);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].days, 15);
  EXPECT_EQ(rows[0].recipient, RecipientNumber(1));
  EXPECT_EQ(rows[0].batch, 3u);
  EXPECT_EQ(rows[0].attempt, 1u);
  EXPECT_EQ(rows[0].amount, kBenefit);
  EXPECT_THAT(rows[0].positions, ElementsAre(sent));
  story.SetPolicy(kOrderPolicy, 1, 15, 20250101);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kOrderUnanswered, 20250316), IsEmpty());
  EXPECT_EQ(RowsOf(story, ExceptionKind::kOrderUnanswered, 20250317).size(), 1u);
  story.Settle(key, 20250320);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kOrderUnanswered), IsEmpty());
}

TEST(OrderUnansweredTest, EachAttemptWaitsAnew) {
  Story story = OneProgram();
  const PaymentKey key = Key("KJS", 1, 1);
  story.SetDate(20250301);
  story.Instruct(key, kBenefit);
  story.Send(key);
  story.Return(key, 20250302);
  EXPECT_THAT(RowsOf(story, ExceptionKind::kOrderUnanswered, 20250401), IsEmpty());
  story.SetDate(20250320);
  story.Reissue(key);
  story.Send(key);
  const auto rows = RowsOf(story, ExceptionKind::kOrderUnanswered, 20250410);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].attempt, 2u);
  EXPECT_EQ(rows[0].days, 21);
}

}  // namespace
}  // namespace bansos
