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

// A view whose bytes never end, as long as they are asked for.
class EndlessView final : public Fold {
 public:
  explicit EndlessView(const std::atomic<bool>& endless) : endless_(endless) {}

  std::string_view name() const override { return "endless"; }
  uint32_t version() const override { return 1; }
  absl::Status Apply(Position, const Event&) override { return absl::OkStatus(); }
  void Save(SnapshotWriter& writer) const override {
    while (endless_ && writer.ok()) writer.U64(1);
  }
  absl::Status Load(SnapshotReader&) override { return absl::DataLossError("always anew"); }
  void Reset() override {}

 private:
  const std::atomic<bool>& endless_;
};

TEST(ProjectorTest, DigestsGiveWayToEvents) {
  MemoryLog log;
  ScratchDirectory directory;
  std::atomic<bool> endless = true;
  ViewSet views;
  views.Add(std::make_unique<EndlessView>(endless));
  const auto store = SnapshotStore::Open(directory.path());
  ASSERT_OK(store);
  Projector projector(log, **store, views, {});
  projector.Start();
  absl::Notification made;
  projector.CallAtDigests(1, [&] { made.Notify(); });
  PayPeople(5).AppendTo(log);
  const uint64_t size = log.Head().size;
  absl::Notification seen;
  projector.CallAtPosition(size, [&] { seen.Notify(); });
  seen.WaitForNotification();
  endless = false;
  made.WaitForNotification();
  ASSERT_TRUE(projector.NewestDigests().has_value());
  EXPECT_EQ(projector.NewestDigests()->head.size, size);
  EXPECT_EQ(projector.NewestDigests()->views.size(), 4u);
  projector.Stop();
}

TEST(ProjectorTest, DigestsAreMadeUnaskedOnceTheLogIsQuiet) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(5).AppendTo(log);
  RunningProjector server(log, directory.path(), {.digest_quiet = absl::Milliseconds(1)});
  while (!server.projector->NewestDigests().has_value()) std::this_thread::yield();
  EXPECT_EQ(server.projector->NewestDigests()->head.size, log.Head().size);
}

TEST(DigestBoardTest, WhoWaitsIsToldWhenTheLogLeavesNoTime) {
  DigestBoard board;
  int told = 0;
  EXPECT_TRUE(board.CallAt(5, [&] { ++told; }));
  board.Publish({.head = {.size = 4}, .views = {}});
  for (int i = 1; i < kDigestRounds; ++i) board.PassRound();
  EXPECT_EQ(told, 0);
  EXPECT_TRUE(board.wanted());
  board.PassRound();
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(board.wanted());
  EXPECT_FALSE(board.CallAt(4, [&] { ++told; }));  // There already.
  EXPECT_EQ(told, 2);
  EXPECT_TRUE(board.CallAt(5, [&] { ++told; }));
  board.Close();
  EXPECT_EQ(told, 3);
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
