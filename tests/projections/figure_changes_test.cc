// The events behind a figure: over random stories they are those at which the views' figure moved,
// and by as much. A failure prints its seed; give it in BANSOS_SEED to see it again.
#include "projections/figure_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "ledger/domain/key.h"
#include "ledger/log/memory_log.h"
#include "projections/view_set.h"
#include "tests/projections/random_story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::RandomStory;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;

constexpr int kStories = 4;
constexpr int kSteps = 400;
constexpr int kFigures = 13;
constexpr uint64_t kRecipients = 12;

using Changes = std::vector<std::pair<uint64_t, int64_t>>;

int64_t FigureOf(const BalanceRow& row, uint64_t people, BalanceFigure figure) {
  int64_t payments = 0;
  for (const uint64_t count : row.payments) payments += static_cast<int64_t>(count);
  switch (figure) {
    case BalanceFigure::kAvailable:
      return row.available;
    case BalanceFigure::kAppropriated:
      return row.appropriated;
    case BalanceFigure::kInstructed:
      return row.money.instructed;
    case BalanceFigure::kWithdrawn:
      return row.money.withdrawn;
    case BalanceFigure::kPayments:
      return payments;
    case BalanceFigure::kPaymentsPaid:
      return static_cast<int64_t>(row.payments_in(Bucket::kPaid));
    case BalanceFigure::kRecipientsPaid:
      return static_cast<int64_t>(people);
    default:
      return row.money.in(static_cast<Bucket>(figure));
  }
}

// The figure as the views have it; a recipient's payments are not in them.
int64_t FigureOf(const ViewSet& views, const BalanceSubject& subject, BalanceFigure figure) {
  if (subject.is_recipient()) {
    BalanceRow sum;
    for (const RecipientRow& row : views.recipients().Rows(subject.recipient)) {
      sum.money.instructed += row.money.instructed;
      sum.money.withdrawn += row.money.withdrawn;
      for (int i = 0; i < kPaymentBucketCount; ++i) sum.money.buckets[i] += row.money.buckets[i];
      sum.payments[PaymentBucketIndex(Bucket::kPaid)] += row.payments_paid;
    }
    return FigureOf(sum, sum.payments_in(Bucket::kPaid) > 0, figure);
  }
  const BalanceRow* row =
      views.balances().Find(subject.by, subject.program, subject.tranche, subject.part);
  if (row == nullptr) return 0;
  const bool once = subject.by != BalanceBy::kProgram && subject.by != BalanceBy::kArea;
  const AreaCode area = subject.by == BalanceBy::kArea ? subject.part : 0;
  return FigureOf(
      *row,
      once ? row->payments_in(Bucket::kPaid) : views.recipients().PeoplePaid(subject.program, area),
      figure);
}

std::vector<BalanceSubject> AllSubjects(const ViewSet& views) {
  std::vector<BalanceSubject> subjects;
  for (const BalanceBy by : {BalanceBy::kProgram, BalanceBy::kTranche, BalanceBy::kBatch,
                             BalanceBy::kArea, BalanceBy::kTrancheArea}) {
    const auto page = views.balances().Page({.by = by, .limit = 10'000});
    EXPECT_OK(page);
    for (const BalanceEntry& entry : page->rows) {
      subjects.push_back({.by = by,
                          .program = entry.program,
                          .tranche = entry.key.tranche,
                          .part = entry.key.part});
    }
  }
  for (uint64_t recipient = 1; recipient <= kRecipients; ++recipient) {
    subjects.push_back({.recipient = RecipientNumber(recipient)});
  }
  return subjects;
}

class FigureChangesTest : public ::testing::TestWithParam<int> {
 protected:
  FigureChangesTest() {
    const char* fixed = std::getenv("BANSOS_SEED");
    seed_ = fixed != nullptr ? static_cast<uint32_t>(std::strtoul(fixed, nullptr, 10))
                             : std::random_device{}();
    story_ = RandomStory(seed_, kSteps);
    story_.AppendTo(log_);
  }

  Changes Explained(const BalanceSubject& subject, BalanceFigure figure, uint64_t size) {
    Changes changes;
    const auto visit = [&](Position position, int64_t change) {
      changes.emplace_back(position.value(), change);
    };
    const auto always = [](uint64_t) { return true; };
    if (!subject.is_recipient()) {
      EXPECT_OK(ScanChanges(log_, size, subject, figure, always, visit));
      return changes;
    }
    std::optional<Position> chain;
    for (uint64_t i = 0; i < log_.Head().size; ++i) {
      const auto subject_of = SubjectOf(story_.events()[i].body);
      if (subject_of == Subject(subject.recipient)) chain = Position(i);
    }
    EXPECT_TRUE(chain.has_value());
    EXPECT_OK(WalkChanges(log_, size, *chain, subject.recipient, figure, always, visit));
    return changes;
  }

  uint32_t seed_;
  Story story_;
  MemoryLog log_;
};

TEST_P(FigureChangesTest, AreWhereTheViewsFigureMoves) {
  SCOPED_TRACE(seed_);
  ViewSet views;
  for (uint64_t i = 0; i < story_.events().size(); ++i) {
    for (const auto& fold : views.folds()) ASSERT_OK(fold->Apply(Position(i), story_.events()[i]));
  }
  const std::vector<BalanceSubject> subjects = AllSubjects(views);
  ASSERT_GT(subjects.size(), 40u);
  std::vector<std::vector<int64_t>> figures(subjects.size(), std::vector<int64_t>(kFigures));
  std::vector<std::vector<Changes>> expected(subjects.size(), std::vector<Changes>(kFigures));
  ViewSet again;
  for (uint64_t i = 0; i < story_.events().size(); ++i) {
    for (const auto& fold : again.folds()) ASSERT_OK(fold->Apply(Position(i), story_.events()[i]));
    for (size_t s = 0; s < subjects.size(); ++s) {
      for (int f = 0; f < kFigures; ++f) {
        const int64_t now = FigureOf(again, subjects[s], static_cast<BalanceFigure>(f + 1));
        if (now != figures[s][f]) expected[s][f].emplace_back(i, now - figures[s][f]);
        figures[s][f] = now;
      }
    }
  }
  for (size_t s = 0; s < subjects.size(); ++s) {
    for (int f = 0; f < kFigures; ++f) {
      const auto figure = static_cast<BalanceFigure>(f + 1);
      if (subjects[s].is_recipient() && figure == BalanceFigure::kPayments) continue;
      EXPECT_EQ(Explained(subjects[s], figure, log_.Head().size), expected[s][f])
          << "subject " << s << " figure " << f + 1;
    }
  }
}

TEST_P(FigureChangesTest, AtAnOlderPositionAreThoseBeforeIt) {
  SCOPED_TRACE(seed_);
  const uint64_t size = log_.Head().size / 2;
  for (const BalanceSubject& subject :
       {BalanceSubject{.program = "KJS"}, BalanceSubject{.recipient = RecipientNumber(1)}}) {
    Changes before = Explained(subject, BalanceFigure::kPaid, log_.Head().size);
    std::erase_if(before, [&](const auto& change) { return change.first >= size; });
    EXPECT_EQ(Explained(subject, BalanceFigure::kPaid, size), before);
  }
}

TEST_P(FigureChangesTest, EndWhenNobodyWaits) {
  const auto never = [](uint64_t) { return false; };
  const auto visit = [](Position, int64_t) { ADD_FAILURE() << "visited"; };
  EXPECT_THAT(
      ScanChanges(log_, log_.Head().size, {.program = "KJS"}, BalanceFigure::kPaid, never, visit),
      StatusIs(absl::StatusCode::kCancelled));
}

INSTANTIATE_TEST_SUITE_P(RandomStories, FigureChangesTest, ::testing::Range(0, kStories));

}  // namespace
}  // namespace bansos
