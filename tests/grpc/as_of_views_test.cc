// The cache of older views and the queue of their builds, without a server.
#include "grpc/as_of_views.h"
#include "grpc/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "ledger/event/codec.h"
#include "ledger/log/memory_log.h"
#include "tests/projections/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

// Of each call that waits.
constexpr size_t kBytes = 1;

using ::bansos::testing::StatusIs;

// `events` events, each a commit: LedgerOpened and then policies.
void FillLog(uint64_t events, MemoryLog& log) {
  for (uint64_t i = 0; i < events; ++i) {
    Event event;
    event.envelope.recorded_time_us = static_cast<int64_t>(1'000'000 * (i + 1));
    event.envelope.actor = "x";
    if (i == 0) {
      event.body = LedgerOpened{.ledger_id = "test", .rules_version = kRulesVersion};
    } else {
      event.envelope.back = 1;
      event.body = PolicySet{.name = "p",
                             .version = static_cast<uint32_t>(i),
                             .value = static_cast<int64_t>(i),
                             .legal_basis = "SK",
                             .date_in_force = 20250101};
    }
    const auto entry = EncodeEvent(event);
    ASSERT_TRUE(log.Append(i, event.envelope.recorded_time_us, {entry}).ok());
  }
}

AsOfOptions Plain(int builders) {
  AsOfOptions options;
  options.builders = builders;
  options.quiet = absl::InfiniteDuration();
  return options;
}

std::unique_ptr<OldViews> At(uint64_t size) {
  auto views = std::make_unique<OldViews>();
  views->head.size = size;
  return views;
}

absl::StatusOr<AsOfViews::Lease> Ask(AsOfViews& views, uint64_t size) {
  CallLife life;
  absl::Notification done;
  absl::StatusOr<AsOfViews::Lease> answer;
  views.Get(size, kBytes, life, [&](absl::StatusOr<AsOfViews::Lease> given) {
    answer = std::move(given);
    done.Notify();
  });
  done.WaitForNotification();
  return answer;
}

TEST(AsOfCacheTest, TheOneAskedForLongestAgoGoesFirst) {
  AsOfCache cache(/*max_sets=*/2, MemoryBudget(kDefaultViewMemoryBytes));
  cache.Put(At(1));
  cache.Put(At(2));
  EXPECT_NE(cache.Find(1), nullptr);
  cache.Put(At(3));
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(1), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
}

TEST(AsOfCacheTest, RoomIsMadeByWhatNobodyReads) {
  AsOfCache cache(/*max_sets=*/9, MemoryBudget(100));
  const auto put = [&cache](uint64_t size, uint64_t bytes) {
    auto views = At(size);
    absl::StatusOr<MemoryBudget::Share> share = cache.TakeShare(bytes);
    ASSERT_TRUE(share.ok());
    views->share = *std::move(share);
    cache.Put(std::move(views));
  };
  put(1, 40);
  put(2, 40);
  AsOfCache::Lease read = cache.Find(1);
  // The one asked for longest ago is 2, and it makes room enough.
  put(3, 50);
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(1), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
  // What is read stays, so what needs all waits for its reader.
  EXPECT_THAT(cache.TakeShare(61), StatusIs(absl::StatusCode::kResourceExhausted,
                                            ::testing::HasSubstr("try again in a moment")));
  EXPECT_EQ(read->head.size, 1u);
  read = nullptr;
  EXPECT_TRUE(cache.TakeShare(61).ok());
  EXPECT_THAT(cache.TakeShare(101), StatusIs(absl::StatusCode::kResourceExhausted,
                                             ::testing::HasSubstr("--view-memory-mb")));
}

TEST(AsOfCacheTest, WhatSomebodyReadsIsNotTaken) {
  AsOfCache cache(/*max_sets=*/9, MemoryBudget(kDefaultViewMemoryBytes));
  cache.Put(At(10));
  AsOfCache::Lease read = cache.Put(At(20));
  EXPECT_EQ(cache.TakeIdle(15, 25), nullptr);
  EXPECT_EQ(cache.TakeIdle(0, 25)->head.size, 10u);
  read = nullptr;
  EXPECT_EQ(cache.TakeIdle(0, 19), nullptr);
  EXPECT_EQ(cache.TakeIdle(0, 20)->head.size, 20u);
  EXPECT_EQ(cache.TakeIdle(0, 20), nullptr);
}

TEST(AsOfViewsTest, StandAtThePositionAskedFor) {
  MemoryLog log;
  FillLog(50, log);
  AsOfViews views(log, nullptr, Plain(/*builders=*/2));
  // Upward from what is kept, downward from the start, and again from what is kept.
  for (const uint64_t size : {20, 30, 10, 30, 0, 50, 1}) {
    ASSERT_OK_AND_ASSIGN(const AsOfViews::Lease lease, Ask(views, size));
    EXPECT_EQ(lease->head.size, size);
    EXPECT_EQ(lease->head.last_time_us, static_cast<int64_t>(1'000'000 * size));
    EXPECT_EQ(lease->records->state().next.value(), size);
    EXPECT_EQ(views.Find(size), lease);
  }
}

TEST(AsOfViewsTest, TooManyBuildsAreRefusedAndOnePositionIsOneBuild) {
  MemoryLog log;
  FillLog(60, log);
  AsOfOptions options = Plain(/*builders=*/0);
  options.max_builds = 3;
  AsOfViews views(log, nullptr, options);
  std::vector<std::string> told;
  const auto tell = [&told](const absl::StatusOr<AsOfViews::Lease>& given) {
    told.push_back(absl::StatusCodeToString(given.status().code()));
  };
  CallLife gone;
  CallLife stays;
  for (const uint64_t size : {1, 2, 3}) views.Get(size, kBytes, size == 2 ? gone : stays, tell);
  views.Get(3, kBytes, stays, tell);
  EXPECT_TRUE(told.empty());
  views.Get(4, kBytes, stays, tell);
  EXPECT_EQ(told, std::vector<std::string>({"RESOURCE_EXHAUSTED"}));
  // Who goes makes room.
  gone.End();
  views.Get(4, kBytes, stays, tell);
  EXPECT_EQ(told.size(), 1u);
  views.Stop();
  EXPECT_EQ(told, std::vector<std::string>({"RESOURCE_EXHAUSTED", "UNAVAILABLE", "UNAVAILABLE",
                                            "UNAVAILABLE", "UNAVAILABLE"}));
  views.Get(5, kBytes, stays, tell);
  EXPECT_EQ(told.size(), 6u);
}

TEST(AsOfViewsTest, WhatWaitingCallsHoldTogetherIsBounded) {
  MemoryLog log;
  FillLog(60, log);
  AsOfViews views(log, nullptr, Plain(/*builders=*/0));
  std::vector<absl::StatusCode> told;
  const auto tell = [&told](const absl::StatusOr<AsOfViews::Lease>& given) {
    told.push_back(given.status().code());
  };
  CallLife gone;
  CallLife stays;
  views.Get(1, kMaxWaitingBytes - 1, gone, tell);
  views.Get(1, 1, stays, tell);
  EXPECT_TRUE(told.empty());
  views.Get(1, 1, stays, tell);
  EXPECT_EQ(told, std::vector<absl::StatusCode>({absl::StatusCode::kResourceExhausted}));
  gone.End();
  views.Get(1, 1, stays, tell);
  EXPECT_EQ(told.size(), 1u);
  // However little each of them holds.
  std::vector<CallLife> lives(kMaxWaitingCalls - 2);
  for (CallLife& life : lives) views.Get(2, 0, life, tell);
  EXPECT_EQ(told.size(), 1u);
  CallLife last;
  views.Get(2, 0, last, tell);
  EXPECT_EQ(told.size(), 2u);
  views.Stop();
}

TEST(AsOfViewsTest, WhatDoesNotFitIsRefusedAndNotBegun) {
  MemoryLog log;
  FillLog(50, log);
  AsOfOptions options = Plain(/*builders=*/1);
  options.memory_bytes = EstimatedViewBytes(30);
  AsOfViews views(log, nullptr, options);
  ASSERT_OK_AND_ASSIGN(AsOfViews::Lease lease, Ask(views, 20));
  EXPECT_THAT(Ask(views, 40), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Ask(views, 10), StatusIs(absl::StatusCode::kResourceExhausted));
  // When nobody reads the first any more, it makes room.
  lease = nullptr;
  EXPECT_TRUE(Ask(views, 10).ok());
  EXPECT_THAT(Ask(views, 40), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(views.Find(40), nullptr);
}

// The live views are not saved while the log goes on: these are.
TEST(AsOfViewsTest, SnapshotsAreMadeOfViewsOfItsOwn) {
  const testing::ScratchDirectory directory;
  ASSERT_OK_AND_ASSIGN(const auto store, SnapshotStore::Open(directory.path()));
  MemoryLog log;
  FillLog(50, log);
  const OldViews like;
  for (const bool fits : {false, true}) {
    AsOfOptions options = Plain(/*builders=*/0);
    options.quiet = absl::Milliseconds(1);
    options.events_between_snapshots = 10;
    if (!fits) options.memory_bytes = EstimatedViewBytes(49);
    absl::Notification told;
    options.on_snapshot = [&](const absl::Status& status) {
      EXPECT_EQ(status.ok(), fits) << status;
      if (!told.HasBeenNotified()) told.Notify();
    };
    AsOfViews views(log, store.get(), options);
    if (!fits) told.WaitForNotification();
    while (fits && store->Newest(*like.set.folds().back()).size != 50) std::this_thread::yield();
    views.Stop();
    for (const auto& fold : like.set.folds()) {
      EXPECT_EQ(store->Newest(*fold).size, fits ? 50u : 0u) << fold->name();
    }
  }
}

}  // namespace
}  // namespace bansos
