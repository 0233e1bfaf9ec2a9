// The ladder: evenly spaced older snapshots, kept and filled in, and what folding over it gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ledger/event/codec.h"
#include "ledger/log/memory_log.h"
#include "projections/fold_run.h"
#include "tests/projections/running_projector.h"
#include "tests/projections/scratch_directory.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::Always;
using ::bansos::testing::IsOk;
using ::bansos::testing::Rebuild;
using ::bansos::testing::ScratchDirectory;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;

// A log of `events` events, almost all of them appropriations.
void FillLog(uint64_t events, MemoryLog& log) {
  Story story;
  Position last = story.OpenProgram("KJS");
  while (last.value() + 1 < events) {
    last = story.Appropriate("KJS", 1);
    if (last.value() % 4096 == 0) story.EndCommit();
  }
  story.AppendTo(log);
}

std::vector<uint64_t> SavedSizes(const SnapshotStore& store, const Fold& fold, uint64_t step,
                                 uint64_t last) {
  std::vector<uint64_t> sizes;
  for (uint64_t size = step; size <= last; size += step) {
    if (store.Has(fold, size)) sizes.push_back(size);
  }
  return sizes;
}

TEST(LadderTest, SpacingDoublesWithTheLogAndOldRungsStayRungs) {
  EXPECT_EQ(RungSpacing(0), kMinRungSpacing);
  EXPECT_EQ(RungSpacing(kMaxRungs * kMinRungSpacing), kMinRungSpacing);
  uint64_t before = kMinRungSpacing;
  for (uint64_t size = 1; size < uint64_t{1} << 40; size = size * 3 / 2 + 1) {
    const uint64_t spacing = RungSpacing(size);
    EXPECT_LE(size / spacing, kMaxRungs);
    EXPECT_EQ(spacing % before, 0u);
    before = spacing;
  }
}

TEST(LadderTest, TheFirstSnapshotOfEachRungIsKept) {
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  const BalanceView view;
  constexpr uint64_t kStep = kMinRungSpacing / 4;
  constexpr uint64_t kLast = 80 * kStep;  // 20 rungs
  for (uint64_t size = kStep; size <= kLast; size += kStep) {
    ASSERT_OK(store->Save(view, {.size = size}).status());
  }
  std::vector<uint64_t> expected;
  for (uint64_t rung = kMinRungSpacing; rung < kLast; rung += kMinRungSpacing) {
    if (rung < kLast - 3 * kStep) expected.push_back(rung);
  }
  for (uint64_t i = SnapshotStore::kKept; i-- > 0;) expected.push_back(kLast - i * kStep);
  EXPECT_EQ(SavedSizes(*store, view, kStep, kLast), expected);

  // Twice as long a log: every other rung goes.
  ASSERT_OK(store->Save(view, {.size = 2 * kMaxRungs * kMinRungSpacing}).status());
  EXPECT_FALSE(store->Has(view, 3 * kMinRungSpacing));
  EXPECT_TRUE(store->Has(view, 4 * kMinRungSpacing));
}

TEST(LadderTest, AFoldSavesTheRungsOnItsWayAndTheNextOneBeginsThere) {
  constexpr uint64_t kEvents = 2 * kMinRungSpacing + 1000;
  MemoryLog log;
  FillLog(kEvents, log);
  ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  const ViewSet like;
  EXPECT_EQ(FindLadderGap(*store, like, kEvents).first, kMinRungSpacing);
  EXPECT_EQ(FindLadderGap(*store, like, kEvents).last, 2 * kMinRungSpacing);
  EXPECT_EQ(Rebuild(log, kEvents, store.get()), Rebuild(log, kEvents));
  EXPECT_EQ(FindLadderGap(*store, like, kEvents).last, 0u);

  ViewSet views;
  FoldRun run(log, views);
  run.LoadSnapshots(*store, 2 * kMinRungSpacing - 1);
  EXPECT_EQ(run.size(), kMinRungSpacing);
  const uint64_t between = kMinRungSpacing + 12'345;
  EXPECT_EQ(Rebuild(log, between, store.get()), Rebuild(log, between));
}

TEST(LadderTest, ViewsAreFoldedForwardFromWhereTheyStand) {
  MemoryLog log;
  FillLog(30'000, log);
  ViewSet views;
  ASSERT_OK(BringViewsTo(log, nullptr, 10'001, Always, views));
  FoldRun run(log, views);
  run.ResumeAt(10'001);
  ASSERT_OK(FoldForward(log, run, nullptr, 20'002, Always));
  ASSERT_OK_AND_ASSIGN(const ViewDigests digests, DigestsOf(views, {}, Always));
  EXPECT_EQ(digests.views, Rebuild(log, 20'002));
  EXPECT_THAT(FoldForward(log, run, nullptr, 30'000, [] { return false; }),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bansos
