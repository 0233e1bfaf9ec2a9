#include "projections/projector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"
#include "ledger/log/memory_log.h"
#include "tests/projections/scratch_directory.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::ScratchDirectory;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Rupiah kBenefit = 600'000;

// Counts how often Apply is called in this process, beside a state that is saved.
class CountingView final : public Fold {
 public:
  CountingView(uint32_t version, uint64_t& calls) : version_(version), calls_(calls) {}
  std::string_view name() const override { return "count"; }
  uint32_t version() const override { return version_; }
  absl::Status Apply(Position position, const Event&) override {
    ++calls_;
    if (position.value() != seen_) return absl::InternalError("an event was skipped or doubled");
    ++seen_;
    return absl::OkStatus();
  }
  void Save(SnapshotWriter& writer) const override { writer.U64(seen_); }
  absl::Status Load(SnapshotReader& reader) override {
    seen_ = reader.U64();
    return reader.Finish();
  }
  void Reset() override { seen_ = 0; }

 private:
  const uint32_t version_;
  uint64_t& calls_;
  uint64_t seen_ = 0;
};

// A projector with all that it needs; a second one over the same log and directory is a restart.
struct Server {
  Server(EventLog& log, const std::string& directory, ProjectorOptions options = {},
         uint32_t count_version = 1)
      : log(log) {
    views.Add(std::make_unique<CountingView>(count_version, calls));
    absl::StatusOr<std::unique_ptr<SnapshotStore>> opened = SnapshotStore::Open(directory);
    EXPECT_OK(opened);
    store = *std::move(opened);
    projector = std::make_unique<Projector>(log, *store, views, std::move(options));
    projector->Start();
  }

  // Waits until the views have seen `size` events, or the projector stopped.
  void WaitFor(uint64_t size) {
    absl::Notification there;
    projector->CallAtPosition(size, [&] { there.Notify(); });
    there.WaitForNotification();
  }
  std::vector<ViewDigest> Digests() {
    WaitFor(log.Head().size);
    absl::StatusOr<ViewDigests> digests = projector->Digests();
    EXPECT_OK(digests);
    EXPECT_EQ(digests->head.size, log.Head().size);
    EXPECT_EQ(digests->head.last_time_us, log.Head().last_time_us);
    digests->views.pop_back();  // the counting view, which no rebuild has
    return std::move(digests->views);
  }

  EventLog& log;
  uint64_t calls = 0;
  ViewSet views;
  std::unique_ptr<SnapshotStore> store;
  std::unique_ptr<Projector> projector;
};

bool Always() { return true; }

std::vector<ViewDigest> Rebuild(const EventLog& log, uint64_t size,
                                SnapshotStore* store = nullptr) {
  const auto views = BuildViewsAt(log, store, size, Always);
  EXPECT_OK(views);
  std::vector<ViewDigest> digests;
  for (const auto& fold : (*views)->folds()) {
    digests.push_back({std::string(fold->name()), fold->version(), fold->Digest()});
  }
  return digests;
}

// `people` recipients paid in commits of three events, with a few exceptions.
Story PayPeople(uint64_t people) {
  Story story;
  story.OpenProgram("KJS");
  story.Appropriate("KJS", 1000 * kBenefit);
  for (uint64_t recipient = 1; recipient <= people; ++recipient) {
    story.EndCommit();
    story.Register(recipient, /*kk=*/recipient / 4 + 1, 3301 + recipient % 5);
    story.AssignPayee(recipient, recipient / 3 + 1);
    story.Decree("KJS", recipient, static_cast<uint32_t>(recipient));
    story.EndCommit();
    story.Pay(Key("KJS", 1, recipient), kBenefit, 20250310, 3301 + recipient % 5);
    if (recipient % 7 == 0) story.Return(Key("KJS", 1, recipient), 20250315);
    if (recipient % 11 == 0) story.Die(recipient, 20250301);
  }
  return story;
}

TEST(ProjectorTest, LiveViewsEqualARebuild) {
  MemoryLog log;
  ScratchDirectory directory;
  Server server(log, directory.path());
  PayPeople(50).AppendTo(log);
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
}

TEST(ProjectorTest, ARestartGoesOnFromTheSnapshotsAndEqualsARebuild) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  const uint64_t before = log.Head().size;
  {
    Server server(log, directory.path());
    server.WaitFor(before);
    server.projector->Stop();
    EXPECT_EQ(server.calls, before);
  }
  PayPeople(50).AppendTo(log);
  Server server(log, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
  EXPECT_EQ(server.calls, log.Head().size - before);
}

TEST(ProjectorTest, SavesWhileItRunsAndNotOnlyAtTheEnd) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(50).AppendTo(log);
  Server server(log, directory.path(), {.batch_events = 10, .events_between_snapshots = 50});
  server.WaitFor(log.Head().size);
  // The last batches may not be saved yet; half the log surely is.
  ViewSet views;
  FoldRun run(log, views);
  run.LoadSnapshots(*server.store, log.Head().size);
  EXPECT_GT(run.size(), log.Head().size / 2);
  const uint64_t size = log.Head().size - 20;
  EXPECT_EQ(Rebuild(log, size, server.store.get()), Rebuild(log, size));
}

TEST(ProjectorTest, AChangedVersionAloneIsRebuilt) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  const uint64_t size = log.Head().size;
  {
    Server server(log, directory.path());
    server.WaitFor(size);
  }
  std::vector<uint64_t> progress;
  ProjectorOptions options{.batch_events = 30};
  options.on_progress = [&](uint64_t done, uint64_t total) {
    EXPECT_EQ(total, size);
    progress.push_back(done);
  };
  Server server(log, directory.path(), std::move(options), /*count_version=*/2);
  EXPECT_EQ(server.Digests(), Rebuild(log, size));
  server.projector->Stop();
  EXPECT_EQ(server.calls, size);
  EXPECT_GT(progress.size(), 2u);
  EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
  EXPECT_EQ(progress.back(), size);
}

TEST(ProjectorTest, SnapshotsOfGarbageAreRebuilt) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(20).AppendTo(log);
  {
    Server server(log, directory.path());
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
  Server server(log, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(log, log.Head().size));
  EXPECT_EQ(server.calls, log.Head().size);
}

TEST(ProjectorTest, SnapshotsOfAnotherLogAreRebuilt) {
  ScratchDirectory directory;
  MemoryLog one;
  PayPeople(20).AppendTo(one);
  {
    Server server(one, directory.path());
    server.WaitFor(one.Head().size);
  }
  MemoryLog other;
  Story story;
  story.SetDate(20250202);
  story.OpenProgram("BLT");
  for (uint64_t recipient = 1; recipient <= one.Head().size; ++recipient) story.Register(recipient);
  story.AppendTo(other);
  Server server(other, directory.path());
  EXPECT_EQ(server.Digests(), Rebuild(other, other.Head().size));
}

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
  Server server(log, directory.path(), {.batch_events = 1});
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
  Server server(log, directory.path(), {.batch_events = 4});
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
  Server server(log, directory.path());
  server.WaitFor(log.Head().size);
  EXPECT_TRUE(server.projector->caught_up());
}

TEST(ProjectorTest, AnEntryThatCannotBeDecodedStopsItForGood) {
  MemoryLog log;
  ScratchDirectory directory;
  PayPeople(5).AppendTo(log);
  const uint64_t size = log.Head().size;
  Server server(log, directory.path());
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
  Server server(log, directory.path());
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
    Server server(log, directory.path());
    server.projector->CallAtPosition(1000, [&] { called.Notify(); });
  }
  EXPECT_TRUE(called.HasBeenNotified());
  PayPeople(1).AppendTo(log);  // rings a bell that nobody hears
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
