// One suite over every EventLog: what DESIGN 3 promises, whatever holds the bytes.
#include "ledger/log/event_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <thread>

#include "ledger/log/memory_log.h"
#include "ledger/log/rocksdb_log.h"
#include "tests/log/log_reading.h"
#include "tests/log/scratch_directory.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::Backward;
using ::bansos::testing::EntriesFor;
using ::bansos::testing::EntryFor;
using ::bansos::testing::Forward;
using ::bansos::testing::NaiveRoot;
using ::bansos::testing::Reading;
using ::bansos::testing::StatusIs;
using ::testing::HasSubstr;

struct InMemory {
  std::unique_ptr<EventLog> Open() { return std::make_unique<MemoryLog>(); }
};

struct OnDisk {
  std::unique_ptr<EventLog> Open() {
    auto log = RocksDbLog::Open(testing::OptionsIn(directory.path()));
    CHECK_OK(log.status());
    return *std::move(log);
  }
  testing::ScratchDirectory directory;
};

template <typename Storage>
class EventLogTest : public ::testing::Test {
 protected:
  // Commits EntryFor(size) and so on, at the time of the last commit plus one.
  LogHead Commit(uint64_t count) {
    const LogHead before = log_->Head();
    const auto head =
        log_->Append(before.size, before.last_time_us + 1, EntriesFor(before.size, count));
    CHECK_OK(head.status());
    return *head;
  }

  void ExpectUpward(const Reading& reading, uint64_t from, uint64_t to) {
    EXPECT_OK(reading.status);
    ASSERT_EQ(reading.entries.size(), to - from) << "from " << from;
    for (uint64_t i = from; i < to; ++i) {
      ASSERT_EQ(reading.entries[i - from], std::pair(i, EntryFor(i)));
    }
  }

  void ExpectDownward(const Reading& reading, uint64_t from) {
    EXPECT_OK(reading.status);
    ASSERT_EQ(reading.entries.size(), from + 1);
    for (uint64_t i = 0; i <= from; ++i) {
      ASSERT_EQ(reading.entries[i], std::pair(from - i, EntryFor(from - i)));
    }
  }

  Storage storage_;
  std::unique_ptr<EventLog> log_ = storage_.Open();
};

using Storages = ::testing::Types<InMemory, OnDisk>;
TYPED_TEST_SUITE(EventLogTest, Storages);

TYPED_TEST(EventLogTest, EmptyLogHasTheEmptyRoot) {
  EXPECT_EQ(this->log_->Head().size, 0);
  EXPECT_EQ(this->log_->Head().root, Sha256(""));
  EXPECT_EQ(this->log_->Head().last_time_us, 0);
  this->ExpectUpward(Forward(*this->log_, 0, 10), 0, 0);
  EXPECT_THAT(Backward(*this->log_, 0).status, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(this->log_->Read(Position(0)), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_EQ(this->log_->SeekTime(0).value(), Position(0));
}

TYPED_TEST(EventLogTest, AppendReturnsTheNewHead) {
  ASSERT_OK_AND_ASSIGN(const LogHead head, this->log_->Append(0, 7, {"a", "b"}));
  EXPECT_EQ(head.size, 2);
  EXPECT_EQ(head.last_time_us, 7);
  EXPECT_EQ(head.root, NaiveRoot(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(this->log_->Head().size, 2);
  EXPECT_EQ(this->log_->Head().root, head.root);
  EXPECT_EQ(this->log_->Read(Position(1)).value(), "b");
}

TYPED_TEST(EventLogTest, WrongExpectedSizeIsAbortedAndWritesNothing) {
  this->Commit(3);
  for (const uint64_t expected : {0, 2, 4}) {
    EXPECT_THAT(this->log_->Append(expected, 100, {"x"}), StatusIs(absl::StatusCode::kAborted));
  }
  EXPECT_EQ(this->log_->Head().size, 3);
  this->Commit(1);
  this->ExpectUpward(Forward(*this->log_, 0, 99), 0, 4);
}

TYPED_TEST(EventLogTest, RecordedTimeNeverGoesBack) {
  EXPECT_THAT(this->log_->Append(0, -1, {"x"}), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(this->log_->Append(0, 50, {"a"}));
  EXPECT_THAT(this->log_->Append(1, 49, {"x"}), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(this->log_->Append(1, 50, {"b"}));
  EXPECT_EQ(this->log_->Head().size, 2);
}

TYPED_TEST(EventLogTest, CommitsOutsideTheLimitsAreRefused) {
  const std::vector<std::string> none;
  EXPECT_THAT(this->log_->Append(0, 1, none), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(this->log_->Append(0, 1, {"a", std::string(kMaxEntryBytes + 1, 'x')}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("entry 1")));
  EXPECT_THAT(this->log_->Append(0, 1, std::vector<std::string>(kMaxCommitEntries + 1)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const std::vector<std::string> heavy(kMaxCommitBytes / kMaxEntryBytes + 1,
                                       std::string(kMaxEntryBytes, 'x'));
  EXPECT_THAT(this->log_->Append(0, 1, heavy), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(this->log_->Head().size, 0);
}

TYPED_TEST(EventLogTest, EntriesUpToTheLimitAreKeptByteForByte) {
  const std::vector<std::string> entries = {"", std::string(kMaxEntryBytes, '\xff'),
                                            std::string("\0\n\0", 3), ""};
  ASSERT_OK(this->log_->Append(0, 1, entries));
  for (uint64_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(this->log_->Read(Position(i)).value(), entries[i]);
  }
}

TYPED_TEST(EventLogTest, LargestCommitIsWhole) {
  this->Commit(100);
  const LogHead head = this->Commit(kMaxCommitEntries);
  EXPECT_EQ(head.size, 100 + kMaxCommitEntries);
  this->ExpectUpward(Forward(*this->log_, 0, head.size), 0, head.size);
  EXPECT_EQ(head.root, NaiveRoot(EntriesFor(0, head.size)));
}

TYPED_TEST(EventLogTest, RootIsThatOfRfc6962AtEverySize) {
  for (uint64_t size = 1; size <= 600; ++size) {
    const LogHead head = this->Commit(1);
    ASSERT_EQ(head.size, size);
    ASSERT_EQ(head.root, NaiveRoot(EntriesFor(0, size))) << size;
  }
}

// Commits of every size around the bundle width, from every kind of start within a bundle.
TYPED_TEST(EventLogTest, CommitsOfAnySizeAreGaplessAcrossBundles) {
  for (const uint64_t count : {1, 255, 1, 256, 2, 254, 511, 3, 512, 257, 100, 700, 1, 1}) {
    const uint64_t before = this->log_->Head().size;
    ASSERT_EQ(this->Commit(count).size, before + count);
  }
  const uint64_t size = this->log_->Head().size;
  EXPECT_EQ(this->log_->Head().root, NaiveRoot(EntriesFor(0, size)));
  this->ExpectUpward(Forward(*this->log_, 0, std::numeric_limits<uint64_t>::max()), 0, size);
  this->ExpectDownward(Backward(*this->log_, size - 1), size - 1);
}

TYPED_TEST(EventLogTest, ReadsFromAnyPositionInBothDirections) {
  for (const uint64_t count : {1, 3, 300, 10, 2, 256, 40}) this->Commit(count);
  const uint64_t size = this->log_->Head().size;
  for (uint64_t from = 0; from < size; ++from) {
    const uint64_t to = std::min(from + 1 + from % 270, size);
    this->ExpectUpward(Forward(*this->log_, from, to), from, to);
    ASSERT_EQ(this->log_->Read(Position(from)).value(), EntryFor(from));
    if (from % 7 == 0) this->ExpectDownward(Backward(*this->log_, from), from);
  }
  this->ExpectUpward(Forward(*this->log_, size, size + 5), size, size);
  this->ExpectUpward(Forward(*this->log_, 9, 9), 9, 9);
  this->ExpectUpward(Forward(*this->log_, 9, 2), 9, 9);
  EXPECT_THAT(Backward(*this->log_, size).status, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(this->log_->Read(Position(size)), StatusIs(absl::StatusCode::kOutOfRange));
}

TYPED_TEST(EventLogTest, VisitorStopsTheReading) {
  this->Commit(600);
  int visited = 0;
  EXPECT_OK(this->log_->ReadForward(Position(250), Position(600), [&](Position at, auto) {
    return ++visited, at.value() < 260;
  }));
  EXPECT_EQ(visited, 11);
  visited = 0;
  EXPECT_OK(this->log_->ReadBackward(
      Position(260), [&](Position at, auto) { return ++visited, at.value() > 250; }));
  EXPECT_EQ(visited, 11);
}

TYPED_TEST(EventLogTest, SeekTimeFindsTheFirstPositionAtOrAfter) {
  ASSERT_OK(this->log_->Append(0, 10, {"a", "b"}));
  ASSERT_OK(this->log_->Append(2, 10, {"c"}));  // one time, two commits: the first one counts
  ASSERT_OK(this->log_->Append(3, 20, {"d", "e"}));
  ASSERT_OK(this->log_->Append(5, 300, {"f"}));
  const std::pair<int64_t, uint64_t> cases[] = {{std::numeric_limits<int64_t>::min(), 0},
                                                {0, 0},
                                                {10, 0},
                                                {11, 3},
                                                {20, 3},
                                                {21, 5},
                                                {300, 5},
                                                {301, 6},
                                                {std::numeric_limits<int64_t>::max(), 6}};
  for (const auto& [time_us, position] : cases) {
    EXPECT_EQ(this->log_->SeekTime(time_us).value(), Position(position)) << time_us;
  }
}

TYPED_TEST(EventLogTest, CallAtSizeRunsOnceAtItsSize) {
  std::vector<uint64_t> calls;
  for (const uint64_t size : {3, 1, 3, 5, 9}) {
    this->log_->CallAtSize(size, [&calls, size] { calls.push_back(size); });
  }
  this->Commit(1);
  EXPECT_EQ(calls, (std::vector<uint64_t>{1}));
  this->Commit(3);
  EXPECT_EQ(calls, (std::vector<uint64_t>{1, 3, 3}));
  this->log_->CallAtSize(4, [&calls] { calls.push_back(4); });
  EXPECT_EQ(calls, (std::vector<uint64_t>{1, 3, 3, 4}));
  this->Commit(4);
  EXPECT_EQ(calls, (std::vector<uint64_t>{1, 3, 3, 4, 5}));
  this->log_.reset();
  EXPECT_EQ(calls.size(), 5) << "the callback for 9 is dropped with the log";
}

TYPED_TEST(EventLogTest, CallbackMaySeeAndUseTheLog) {
  uint64_t seen = 0;
  this->log_->CallAtSize(2, [&] {
    seen = this->log_->Head().size;
    EXPECT_EQ(this->log_->Read(Position(1)).value(), EntryFor(1));
  });
  this->Commit(2);
  EXPECT_EQ(seen, 2);
}

TYPED_TEST(EventLogTest, WaitForSizeEndsAtTheSizeOrAtTheDeadline) {
  this->Commit(2);
  EXPECT_TRUE(WaitForSize(*this->log_, 2, absl::InfinitePast()));
  EXPECT_FALSE(WaitForSize(*this->log_, 3, absl::InfinitePast()));
  std::thread writer([this] { this->Commit(1); });
  EXPECT_TRUE(WaitForSize(*this->log_, 3, absl::InfiniteFuture()));
  writer.join();
}

// Invariant 2: a reader that waits and reads on sees each entry once, in order, while another
// thread appends; and every callback registered meanwhile runs exactly once.
TYPED_TEST(EventLogTest, TailReadersMissAndDoubleNothing) {
  constexpr uint64_t kTotal = 3000;
  std::thread writer([this] {
    for (uint64_t step = 1; this->log_->Head().size < kTotal; ++step) {
      this->Commit(std::min(kTotal - this->log_->Head().size, 1 + step * 37 % 300));
    }
  });
  std::atomic<uint64_t> registered = 0;
  std::atomic<uint64_t> called = 0;
  const auto tail = [&] {
    for (uint64_t next = 0; next < kTotal;) {
      ASSERT_TRUE(WaitForSize(*this->log_, next + 1, absl::InfiniteFuture()));
      ++registered;
      this->log_->CallAtSize(next + 200, [&called] { ++called; });
      const Reading reading = Forward(*this->log_, next, kTotal);
      ASSERT_OK(reading.status);
      ASSERT_FALSE(reading.entries.empty());
      for (const auto& [position, entry] : reading.entries) {
        ASSERT_EQ(position, next);
        ASSERT_EQ(entry, EntryFor(next));
        ++next;
      }
    }
  };
  std::thread second(tail);
  tail();
  second.join();
  writer.join();
  this->Commit(200);  // the last callbacks wait for up to 199 entries past the total
  EXPECT_EQ(called, registered);
}

TYPED_TEST(EventLogTest, OneOfTwoRacingWritersIsAborted) {
  std::atomic<int> written = 0;
  const auto write = [&] {
    for (uint64_t round = 0; round < 50; ++round) {
      const auto head = this->log_->Append(round, 1, {EntryFor(round)});
      if (head.ok()) {
        ++written;
      } else {
        EXPECT_THAT(head, StatusIs(absl::StatusCode::kAborted));
      }
      WaitForSize(*this->log_, round + 1, absl::InfiniteFuture());
    }
  };
  std::thread other(write);
  write();
  other.join();
  EXPECT_EQ(written, 50);
  this->ExpectUpward(Forward(*this->log_, 0, 100), 0, 50);
}

}  // namespace
}  // namespace bansos
