// Queries of the exceptions: pages, filters, counts, and whether anything changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/exception_view.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
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

// Every kind at once, for queries.
Story Everything() {
  Story story = TwoPrograms();
  story.AssignPayee(1, 500);
  story.AssignPayee(2, 500);
  for (const uint64_t recipient : {1, 2, 3}) {
    story.Decree("KJS", recipient, static_cast<uint32_t>(recipient));
  }
  story.Decree("BLT", 1, 1);
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  story.Die(1, 20250101);
  story.Instruct(Key("KJS", 1, 2), kBenefit);
  story.Send(Key("KJS", 1, 2));
  story.Return(Key("KJS", 1, 2), 20250301);
  story.Instruct(Key("BLT", 1, 3), kBenefit);
  story.Hold(Key("BLT", 1, 3), HoldRule::kNeverSent, kBenefit, 20250310);
  story.Hold(std::nullopt, HoldRule::kUnknownReference, kBenefit, 20250310);
  for (uint64_t recipient = 11; recipient <= 13; ++recipient) {
    story.Register(recipient, /*kk=*/77);
    story.Decree("BLT", recipient, static_cast<uint32_t>(recipient));
  }
  story.Instruct(Key("BLT", 2, 4), kBenefit);
  story.Send(Key("BLT", 2, 4));
  story.ReceiveFile(1, kBenefit, 0);
  return story;
}

TEST(ExceptionQueryTest, PagesOfOneRowMakeUpTheWhole) {
  ExceptionView view;
  ASSERT_OK(Everything().ApplyTo(view));
  ASSERT_OK_AND_ASSIGN(const ExceptionPage whole, view.Page({.date = kToday, .limit = 100}));
  EXPECT_EQ(whole.rows.size(), 2u + 1 + 2 + 1 + 3 + 1 + 1 + 1);
  EXPECT_FALSE(whole.more);
  std::vector<ExceptionKey> keys;
  ExceptionQuery query{.date = kToday, .limit = 1};
  for (bool more = true; more;) {
    ASSERT_OK_AND_ASSIGN(const ExceptionPage page, view.Page(query));
    ASSERT_EQ(page.rows.size(), 1u);
    keys.push_back(page.rows[0].key);
    query.after = keys.back();
    more = page.more;
    ASSERT_LE(keys.size(), whole.rows.size());
  }
  ASSERT_EQ(keys.size(), whole.rows.size());
  for (size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(keys[i], whole.rows[i].key);
}

TEST(ExceptionQueryTest, FiltersByProgrammeAndRecipient) {
  ExceptionView view;
  ASSERT_OK(Everything().ApplyTo(view));
  const auto count = [&](ExceptionQuery query) {
    query.date = kToday;
    query.limit = 100;
    return view.Page(query)->rows.size();
  };
  EXPECT_EQ(count({.recipient = RecipientNumber(2)}), 2u);  // account, return
  EXPECT_EQ(count({.program = "BLT", .recipient = RecipientNumber(3)}), 1u);
  EXPECT_EQ(count({.program = "PKH"}), 0u);
}

TEST(ExceptionQueryTest, CountsAgreeWithTheRows) {
  ExceptionView view;
  ASSERT_OK(Everything().ApplyTo(view));
  ASSERT_OK_AND_ASSIGN(const std::vector<ExceptionCount> counts, view.Count(kToday));
  ASSERT_EQ(counts.size(), std::size(kAllExceptionKinds));
  for (const ExceptionCount& count : counts) {
    ASSERT_OK_AND_ASSIGN(const ExceptionPage page,
                         view.Page({.date = kToday, .kind = count.kind, .limit = 100}));
    EXPECT_EQ(page.rows.size(), count.rows) << static_cast<int>(count.kind);
  }
  EXPECT_EQ(counts[2].groups, 1u);
  EXPECT_EQ(counts[4].groups, 1u);
}

TEST(ExceptionQueryTest, OfALargeGroupOnlyTheFirstMembersAreVisited) {
  Story story;
  story.OpenProgram("KJS");
  for (uint64_t recipient = 1; recipient <= 1000; ++recipient) {
    story.Register(recipient);
    story.AssignPayee(recipient, /*account=*/recipient <= 900 ? 7 : 8);
  }
  ExceptionView view;
  ASSERT_OK(story.ApplyTo(view));
  std::vector<uint64_t> visited;
  ASSERT_OK(view.ForEach({.date = kToday, .max_members = 3}, [&](const ExceptionRow& row) {
    visited.push_back(row.recipient.value());
    EXPECT_EQ(row.group_size, row.group == 7 ? 900u : 100u);
    return true;
  }));
  EXPECT_EQ(visited, std::vector<uint64_t>({1, 2, 3, 901, 902, 903}));
}

TEST(ExceptionQueryTest, KnowsWhetherAnythingChanged) {
  Story story = Everything();
  ExceptionView view;
  ASSERT_OK(story.ApplyTo(view));
  const uint64_t size = story.events().size();
  EXPECT_TRUE(view.ChangedSince(1));
  EXPECT_FALSE(view.ChangedSince(size));
  const auto apply_new = [&](uint64_t from) {
    for (uint64_t i = from; i < story.events().size(); ++i) {
      ASSERT_OK(view.Apply(Position(i), story.events()[i]));
    }
  };
  // Somebody new, whom no exception is about.
  story.Register(500);
  apply_new(size);
  EXPECT_FALSE(view.ChangedSince(size));
  // One more of the crowded family card.
  const uint64_t before = story.events().size();
  story.Register(501, /*kk=*/77);
  story.Decree("BLT", 501, 501);
  apply_new(before);
  EXPECT_TRUE(view.ChangedSince(before));
  EXPECT_FALSE(view.ChangedSince(story.events().size()));
}

TEST(ExceptionQueryTest, HostileKeysAndDatesAreHarmless) {
  ExceptionView view;
  ASSERT_OK(Everything().ApplyTo(view));
  EXPECT_THAT(view.Page({.date = 20250230, .limit = 1}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(view.Count(0), StatusIs(absl::StatusCode::kInvalidArgument));
  for (const ExceptionKind kind : kAllExceptionKinds) {
    const ExceptionQuery query{.date = kToday,
                               .kind = kind,
                               .after = ExceptionKey{kind, ~uint64_t{0}, ~uint64_t{0} - 1},
                               .limit = 10};
    ASSERT_OK_AND_ASSIGN(const ExceptionPage page, view.Page(query));
    EXPECT_THAT(page.rows, IsEmpty()) << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace bansos
