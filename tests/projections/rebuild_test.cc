// Invariant 6: a view rebuilt from position 0, or from any snapshot, equals the live view.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/log/memory_log.h"
#include "projections/fold_run.h"
#include "projections/projector.h"
#include "rocksdb/db.h"
#include "tests/projections/running_projector.h"
#include "tests/projections/scratch_directory.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::Always;
using ::bansos::testing::PayPeople;
using ::bansos::testing::Rebuild;
using ::bansos::testing::RunningProjector;
using ::bansos::testing::ScratchDirectory;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;

TEST(RebuildTest, LiveViewsEqualARebuild) {
  MemoryLog log;
  ScratchDirectory directory;
  RunningProjector server(log, directory.path());
  PayPeople(50).AppendTo(log);
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
}

TEST(RebuildTest, ARestartGoesOnFromTheSnapshotsAndEqualsARebuild) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  const uint64_t before = log.Head().size;
  {
    RunningProjector server(log, directory.path());
    server.WaitFor(before);
    server.projector->Stop();
    EXPECT_EQ(server.calls, before);
  }
  PayPeople(50).AppendTo(log);
  RunningProjector server(log, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
  EXPECT_EQ(server.calls, log.Head().size - before);
}

TEST(RebuildTest, SavesWhileItRunsAndNotOnlyAtTheEnd) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(50).AppendTo(log);
  RunningProjector server(log, directory.path(),
                          {.batch_events = 10, .events_between_snapshots = 50});
  server.WaitFor(log.Head().size);
  // The last batches may not be saved yet; half the log surely is.
  ViewSet views;
  FoldRun run(log, views);
  run.LoadSnapshots(*server.store, log.Head().size);
  EXPECT_GT(run.size(), log.Head().size / 2);
  const uint64_t size = log.Head().size - 20;
  EXPECT_EQ(Rebuild(log, size, server.store.get()), Rebuild(log, size));
}

TEST(RebuildTest, AChangedVersionAloneIsRebuilt) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  const uint64_t size = log.Head().size;
  {
    RunningProjector server(log, directory.path());
    server.WaitFor(size);
  }
  std::vector<uint64_t> progress;
  ProjectorOptions options{.batch_events = 30};
  options.on_progress = [&](uint64_t done, uint64_t total) {
    EXPECT_EQ(total, size);
    progress.push_back(done);
  };
  RunningProjector server(log, directory.path(), std::move(options), /*count_version=*/2);
  EXPECT_EQ(server.Digests(), Rebuild(log, size));
  server.projector->Stop();
  EXPECT_EQ(server.calls, size);
  EXPECT_GT(progress.size(), 2u);
  EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
  EXPECT_EQ(progress.back(), size);
}

TEST(RebuildTest, SnapshotsOfGarbageAreRebuilt) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  {
    RunningProjector server(log, directory.path());
    server.WaitFor(log.Head().size);
  }
  {
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(rocksdb::Options(), directory.path(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions()));
    int rows = 0;
    for (it->SeekToFirst(); it->Valid() && it->key()[0] == 'c'; it->Next()) {
      ASSERT_TRUE(db->Put({}, it->key(), std::string(it->value().size(), '\xa5')).ok());
      ++rows;
    }
    ASSERT_GE(rows, 4);
  }
  RunningProjector server(log, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
  EXPECT_EQ(server.calls, log.Head().size);
}

TEST(RebuildTest, SnapshotsOfAnotherLogAreRebuilt) {
  ScratchDirectory directory;
  MemoryLog one;
  PayPeople(20).AppendTo(one);
  {
    RunningProjector server(one, directory.path());
    server.WaitFor(one.Head().size);
  }
  MemoryLog other;
  Story story;
  story.SetDate(20250202);
  story.OpenProgram("BLT");
  for (uint64_t recipient = 1; recipient <= one.Head().size; ++recipient) story.Register(recipient);
  story.AppendTo(other);
  RunningProjector server(other, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(other, other.Head().size));
}

TEST(BuildViewsAtTest, AnOlderPositionIsThatOfAPrefix) {
  MemoryLog log;
  PayPeople(10).AppendTo(log);
  MemoryLog prefix;
  PayPeople(10).AppendTo(prefix, 40);
  EXPECT_EQ(Rebuild(log, 40), Rebuild(prefix, 40));
  EXPECT_THAT(BuildViewsAt(log, nullptr, log.Head().size + 1, Always),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(BuildViewsAt(log, nullptr, 40, [] { return false; }),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bansos
