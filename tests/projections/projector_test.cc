#include "projections/projector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "ledger/log/memory_log.h"
#include "tests/projections/running_projector.h"
#include "tests/projections/scratch_directory.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::PayPeople;
using ::bansos::testing::RunningProjector;
using ::bansos::testing::ScratchDirectory;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::HasSubstr;

TEST(ProjectorTest, ReadersSeeWholeCommitsOnly) {
  const Story story = PayPeople(100);
  std::set<uint64_t> boundaries = {0};
  for (size_t i = 1; i <= story.events().size(); ++i) {
    if (i == story.events().size() || story.events()[i].envelope.recorded_time_us !=
                                          story.events()[i - 1].envelope.recorded_time_us) {
      boundaries.insert(i);
    }
  }
  MemoryLog log;
  story.AppendTo(log);
  ScratchDirectory directory;
  RunningProjector server(log, directory.path(), {.batch_events = 1});
  uint64_t seen = 0;
  while (seen < log.Head().size) {
    server.WaitFor(seen + 1);
    ASSERT_OK(server.projector->Read([&](const ViewSet& views, const ProjectionHead& head) {
      EXPECT_TRUE(boundaries.contains(head.size)) << head.size;
      EXPECT_GT(head.size, seen);
      EXPECT_EQ(head.last_time_us, story.events()[head.size - 1].envelope.recorded_time_us);
      seen = head.size;
    }));
  }
  EXPECT_TRUE(server.projector->status().ok());
}

TEST(ProjectorTest, EveryWaiterIsCalledOnceUnderAConcurrentAppender) {
  const Story story = PayPeople(60);
  const uint64_t total = story.events().size();
  MemoryLog log;
  ScratchDirectory directory;
  RunningProjector server(log, directory.path(), {.batch_events = 4});
  std::vector<std::atomic<int>> calls(total + 1);
  absl::BlockingCounter waiting(static_cast<int>(total + 1));
  std::thread appender([&] { story.AppendTo(log); });
  for (uint64_t size = 0; size <= total; ++size) {
    server.projector->CallAtPosition(size, [&, size] {
      EXPECT_GE(server.projector->Head().size, size);
      ++calls[size];
      waiting.DecrementCount();
    });
  }
  appender.join();
  waiting.Wait();
  server.projector->Stop();
  for (uint64_t size = 0; size <= total; ++size) EXPECT_EQ(calls[size], 1) << size;
  EXPECT_EQ(server.calls, total);
}

TEST(ProjectorTest, CaughtUpOnceTheEndIsReached) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(5).AppendTo(log);
  RunningProjector server(log, directory.path());
  server.WaitFor(log.Head().size);
  EXPECT_TRUE(server.projector->caught_up());
}

TEST(ProjectorTest, AnEntryThatCannotBeDecodedStopsItForGood) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(5).AppendTo(log);
  const uint64_t size = log.Head().size;
  RunningProjector server(log, directory.path());
  server.WaitFor(size);
  absl::Notification called;
  server.projector->CallAtPosition(size + 100, [&] { called.Notify(); });
  ASSERT_OK(log.Append(size, log.Head().last_time_us + 1, {"garbage"}).status());
  called.WaitForNotification();
  const auto says_where =
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position " + std::to_string(size)));
  EXPECT_THAT(server.projector->status(), says_where);
  EXPECT_THAT(server.projector->Read([](const ViewSet&, const ProjectionHead&) { FAIL(); }),
              says_where);
  EXPECT_FALSE(server.projector->caught_up());
  server.WaitFor(size + 1000);  // later waiters are not kept
}

TEST(ProjectorTest, AnEventThatCannotBeTrueStopsIt) {
  MemoryLog log;
  ScratchDirectory directory;
  Story story = PayPeople(5);
  story.EndCommit();
  story.Tell(BudgetAppropriated{.program = "PKH", .amount = 1});
  story.AppendTo(log);
  RunningProjector server(log, directory.path());
  server.WaitFor(log.Head().size);
  EXPECT_THAT(server.projector->status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("view balances")));
  server.projector->Stop();
  // Nothing of the failed fold was saved.
  ViewSet views;
  FoldRun run(log, views);
  run.LoadSnapshots(*server.store, log.Head().size);
  EXPECT_LT(run.size(), log.Head().size);
}

TEST(ProjectorTest, StopRunsWhoWaitsAndTheLogMayOutliveIt) {
  MemoryLog log;
  ScratchDirectory directory;
  absl::Notification called;
  {
    RunningProjector server(log, directory.path());
    server.projector->CallAtPosition(1000, [&] { called.Notify(); });
  }
  EXPECT_TRUE(called.HasBeenNotified());
  PayPeople(1).AppendTo(log);  // rings a bell that nobody hears
}

}  // namespace
}  // namespace bansos
