#include "projections/recipient_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/memory_log.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::Story;
using ::testing::ElementsAre;

constexpr Rupiah kBenefit = 600'000;
constexpr AreaCode kCilacap = 3301;
constexpr AreaCode kSemarang = 3374;

Story ThreePeople() {
  Story story;
  story.OpenProgram("KJS");
  story.OpenProgram("BLT");
  story.Appropriate("KJS", 100 * kBenefit);
  story.Appropriate("BLT", 100 * kBenefit);
  for (const uint64_t recipient : {1, 2, 20'000'000}) story.Register(recipient);
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310, kCilacap);
  story.Pay(Key("KJS", 2, 1), kBenefit, 20250610, kSemarang);  // moved
  story.Pay(Key("BLT", 1, 1), 2 * kBenefit, 20250310, kCilacap);
  story.Pay(Key("KJS", 1, 20'000'000), kBenefit, 20250310, kCilacap);
  story.Instruct(Key("KJS", 1, 2), kBenefit, 1, kSemarang);
  return story;
}

TEST(RecipientViewTest, RowsAreByProgrammeAndArea) {
  RecipientView view;
  ASSERT_OK(ThreePeople().ApplyTo(view));
  const std::vector<RecipientRow> rows = view.Rows(RecipientNumber(1));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].program, "BLT");
  EXPECT_EQ(rows[0].money.instructed, 2 * kBenefit);
  EXPECT_EQ(rows[1].program, "KJS");
  EXPECT_EQ(rows[1].area, kCilacap);
  EXPECT_EQ(rows[1].money.in(Bucket::kPaid), kBenefit);
  EXPECT_EQ(rows[2].area, kSemarang);
  EXPECT_EQ(view.Rows(RecipientNumber(2))[0].money.in(Bucket::kObligated), kBenefit);
  EXPECT_TRUE(view.Rows(RecipientNumber(3)).empty());
  EXPECT_TRUE(view.Rows(RecipientNumber(0)).empty());
}

TEST(RecipientViewTest, APersonPaidTwiceIsOnePerson) {
  RecipientView view;
  Story story = ThreePeople();
  ASSERT_OK(story.ApplyTo(view));
  EXPECT_EQ(view.PeoplePaid("", 0), 2u);
  EXPECT_EQ(view.PeoplePaid("KJS", 0), 2u);
  EXPECT_EQ(view.PeoplePaid("BLT", 0), 1u);
  EXPECT_EQ(view.PeoplePaid("", kCilacap), 2u);
  EXPECT_EQ(view.PeoplePaid("", kSemarang), 1u);
  EXPECT_EQ(view.PeoplePaid("KJS", kSemarang), 1u);

  // The settlement in Semarang comes back: the person is still paid, but not there.
  story.Return(Key("KJS", 2, 1), 20250620);
  RecipientView after;
  ASSERT_OK(story.ApplyTo(after));
  EXPECT_EQ(after.PeoplePaid("KJS", 0), 2u);
  EXPECT_EQ(after.PeoplePaid("", kSemarang), 0u);
}

TEST(RecipientViewTest, PagesHoldAllRowsOfARecipient) {
  RecipientView view;
  ASSERT_OK(ThreePeople().ApplyTo(view));
  ASSERT_OK_AND_ASSIGN(const RecipientPage first, view.Page({.program = "KJS", .limit = 1}));
  EXPECT_EQ(first.rows.size(), 2u);
  EXPECT_EQ(first.last, RecipientNumber(1));
  EXPECT_TRUE(first.more);
  ASSERT_OK_AND_ASSIGN(const RecipientPage second,
                       view.Page({.program = "KJS", .after = first.last, .limit = 5}));
  ASSERT_EQ(second.rows.size(), 2u);
  EXPECT_EQ(second.rows[0].recipient, RecipientNumber(2));
  EXPECT_EQ(second.rows[1].recipient, RecipientNumber(20'000'000));
  EXPECT_FALSE(second.more);
  ASSERT_OK_AND_ASSIGN(const RecipientPage cilacap, view.Page({.area = kCilacap, .limit = 5}));
  EXPECT_EQ(cilacap.rows.size(), 3u);
}

TEST(RecipientViewTest, APageThatShowsNobodyGoesOnBehindThoseItLookedAt) {
  RecipientView view;
  ASSERT_OK(ThreePeople().ApplyTo(view));
  RecipientQuery query = {.area = kSemarang, .limit = 5, .looks = 1};
  std::vector<uint64_t> last, rows;
  for (bool more = true; more;) {
    ASSERT_OK_AND_ASSIGN(const RecipientPage page, view.Page(query));
    query.after = page.last;
    last.push_back(page.last.value());
    rows.push_back(page.rows.size());
    more = page.more;
    ASSERT_LT(rows.size(), 5u);
  }
  EXPECT_THAT(last, ElementsAre(1, 2, 20'000'000));
  EXPECT_THAT(rows, ElementsAre(1, 1, 0));
}

TEST(RecipientViewTest, AnOlderPositionComesFromTheChain) {
  MemoryLog log;
  Story story = ThreePeople();
  story.AppendTo(log);
  const uint64_t size = log.Head().size;
  RecipientView then;
  ASSERT_OK(story.ApplyTo(then));
  const Position returned = story.Return(Key("KJS", 2, 1), 20250620);
  story.AppendTo(log);

  ASSERT_OK_AND_ASSIGN(const std::vector<RecipientRow> rows,
                       RecipientRowsAt(log, RecipientNumber(1), returned, size,
                                       [](const Event&) { return absl::OkStatus(); }));
  const std::vector<RecipientRow> expected = then.Rows(RecipientNumber(1));
  ASSERT_EQ(rows.size(), expected.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].program, expected[i].program);
    EXPECT_EQ(rows[i].area, expected[i].area);
    EXPECT_EQ(rows[i].money, expected[i].money);
    EXPECT_EQ(rows[i].payments_paid, expected[i].payments_paid);
  }
}

}  // namespace
}  // namespace bansos
