// With which clocks, and over which logs, a ledger is not served.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

#include "grpc/ledger_parts.h"
#include "grpc/new_ledger.h"
#include "ledger/base/check.h"
#include "ledger/base/store_limits.h"
#include "ledger/event/codec.h"
#include "ledger/event/state_codec.h"
#include "ledger/sequencer/clock_guard.h"
#include "tests/support/state_bytes.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

constexpr auto kRefused = absl::StatusCode::kFailedPrecondition;
constexpr int64_t kStartUs = 1'748'833'200'000'000;
constexpr int64_t kDayUs = int64_t{24} * 60 * 60 * 1'000'000;

class LedgerStartTest : public ::testing::Test {
 protected:
  LedgerStartTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "bansos-start-XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    CHECK_OK(CreateLedger(Options()));
  }
  ~LedgerStartTest() override { std::filesystem::remove_all(directory_); }

  LedgerOptions Options() {
    LedgerOptions options;
    options.data_dir = directory_ / "data";
    options.key_file = directory_ / "key";
    options.clock = &clock_;
    return options;
  }
  LedgerOptions Accepting(const std::string& actor = "operator-1") {
    LedgerOptions options = Options();
    options.accept_clock = ClockAcceptance{actor, "the province's time server agrees"};
    return options;
  }
  absl::Status Start(LedgerOptions options) {
    return LedgerParts::Open(std::move(options)).status();
  }
  absl::Status Start() { return Start(Options()); }

  // Writes an entry that no program of this version would.
  void AppendRaw(const std::string& entry) {
    RocksDbLogOptions options;
    options.directory = directory_ / "data" / "log";
    options.anchor_path = directory_ / "data" / "anchor";
    const auto log = RocksDbLog::Open(options);
    CHECK_OK(log.status());
    CHECK_OK((*log)->Append((*log)->Head().size, (*log)->Head().last_time_us, {entry}).status());
  }

  std::filesystem::path directory_;
  ManualClock clock_{kStartUs};
};

TEST_F(LedgerStartTest, ClockBehindTheLogIsRefused) {
  clock_.JumpMicros(-kMaxClockErrorUs - 1);
  EXPECT_THAT(Start(), StatusIs(kRefused, HasSubstr("the clock is behind")));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "data" / "views"));
  clock_.JumpMicros(1);
  EXPECT_OK(Start());
}

TEST_F(LedgerStartTest, ClockFarAheadOfTheLogIsRefused) {
  clock_.JumpMicros(3650 * kDayUs);
  EXPECT_THAT(Start(), StatusIs(kRefused, AllOf(HasSubstr("2035"), HasSubstr("--accept-clock"))));
  clock_.JumpMicros(-3650 * kDayUs + kMaxRestUs);
  EXPECT_OK(Start());
}

TEST_F(LedgerStartTest, AcceptedClockIsOnTheRecordAndHoldsOnce) {
  clock_.JumpMicros(500 * kDayUs);
  EXPECT_THAT(Start(Accepting("Not An Id")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Start(), StatusIs(kRefused));
  {
    const auto parts = LedgerParts::Open(Accepting());
    ASSERT_OK(parts);
    ASSERT_EQ((*parts)->log().Head().size, 2);
    ASSERT_OK_AND_ASSIGN(const Event event, DecodeEvent((*parts)->log().Read(Position(1)).value()));
    EXPECT_EQ(event.envelope.actor, "operator-1");
    EXPECT_EQ(event.envelope.recorded_time_us, kStartUs + 500 * kDayUs);
    const auto& accepted = std::get<PolicySet>(event.body);
    EXPECT_EQ(accepted.name, kClockAcceptedPolicy);
    EXPECT_EQ(accepted.value, kStartUs + 500 * kDayUs);
    EXPECT_EQ(accepted.legal_basis, "the province's time server agrees");
  }
  EXPECT_THAT(Start(Accepting()), StatusIs(kRefused, HasSubstr("leave out --accept-clock")));
  EXPECT_OK(Start());
  // The other way: the wrong clock was the one that was accepted.
  clock_.JumpMicros(-450 * kDayUs);
  EXPECT_THAT(Start(), StatusIs(kRefused, HasSubstr("behind")));
  const auto parts = LedgerParts::Open(Accepting());
  ASSERT_OK(parts);
  EXPECT_EQ((*parts)->log().Head().size, 3);
  EXPECT_EQ((*parts)->log().Head().last_time_us, kStartUs + 500 * kDayUs);
}

TEST_F(LedgerStartTest, NoLedgerBeginsUnderAClockThatWasNeverSet) {
  LedgerOptions options = Options();
  options.data_dir = directory_ / "other";
  options.key_file = directory_ / "other.key";
  ManualClock unset(0);
  options.clock = &unset;
  EXPECT_THAT(CreateLedger(options), StatusIs(kRefused, HasSubstr("never set")));
  EXPECT_FALSE(std::filesystem::exists(options.data_dir));
}

TEST_F(LedgerStartTest, RulesOfANewerVersionAreNotServed) {
  Event adopted;
  adopted.envelope.actor = "bansosd";
  adopted.envelope.recorded_time_us = kStartUs;
  adopted.envelope.back = 1;
  adopted.body = RulesAdopted{kRulesVersion + 1};
  AppendRaw(EncodeEvent(adopted));
  EXPECT_THAT(Start(), StatusIs(kRefused, AllOf(HasSubstr("version 2 of the rules"),
                                                HasSubstr("start the newer program"))));
}

TEST_F(LedgerStartTest, EventsOfANewerVersionAreNotServed) {
  AppendRaw(std::string("\x12\x01x\x9a\x06\x00", 6));  // body 99
  EXPECT_THAT(Start(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a newer one wrote it")));
}

TEST_F(LedgerStartTest, FieldsOfANewerVersionAreNotServed) {
  Event known;
  known.envelope.actor = "bansosd";
  known.body = PolicySet{.name = "x", .version = 1, .legal_basis = "x", .date_in_force = 20250101};
  std::string entry = EncodeEvent(known);
  entry += std::string("\xf8\x06\x01", 3);
  AppendRaw(entry);
  EXPECT_THAT(Start(), StatusIs(absl::StatusCode::kDataLoss));
}

// A disk that says how much is free.
class SmallDisk : public rocksdb::FileSystemWrapper {
 public:
  SmallDisk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "SmallDisk"; }
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions&, uint64_t* free,
                                 rocksdb::IODebugContext*) override {
    *free = path.ends_with(full_) ? free_ : kMinFreeBytes;
    return rocksdb::IOStatus::OK();
  }
  // RocksDB's own logger aborts once its disk is full.
  rocksdb::IOStatus NewLogger(const std::string& path, const rocksdb::IOOptions& options,
                              std::shared_ptr<rocksdb::Logger>* logger,
                              rocksdb::IODebugContext* dbg) override {
    ADD_FAILURE() << path;
    return FileSystemWrapper::NewLogger(path, options, logger, dbg);
  }

  std::string full_;
  uint64_t free_ = kMinFreeBytes - 1;
};

class FullDiskTest : public LedgerStartTest {
 protected:
  LedgerOptions OnDisk(const std::string& full) {
    disk_->full_ = full;
    LedgerOptions options = Options();
    options.env = env_.get();
    return options;
  }

  const std::shared_ptr<SmallDisk> disk_ = std::make_shared<SmallDisk>();
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(disk_);
};

TEST_F(FullDiskTest, NothingIsServedFromAFullDisk) {
  for (const char* full : {"/data", "/data/log", "/data/vault"}) {
    const auto says = AllOf(HasSubstr(absl::StrCat(full, " is full: 255 MiB are free")),
                            HasSubstr("needs 256 MiB"), HasSubstr("/data/views may be removed"));
    EXPECT_THAT(Start(OnDisk(full)), StatusIs(kRefused, says));
    EXPECT_FALSE(std::filesystem::exists(directory_ / "data" / "views")) << full;
  }
  disk_->free_ = kMinFreeBytes;
  EXPECT_OK(Start(OnDisk("/data")));
  disk_->free_ = 0;
  EXPECT_THAT(Start(OnDisk("/data/views")), StatusIs(kRefused, HasSubstr("/data/views is full")));
  EXPECT_OK(Start());
}

TEST_F(FullDiskTest, NoStoreHasRocksDbsOwnLogger) {
  disk_->free_ = kMinFreeBytes;
  EXPECT_OK(Start(OnDisk("")));
  for (const char* store : {"log", "vault", "views"}) {
    EXPECT_TRUE(std::filesystem::exists(directory_ / "data" / store / "LOG")) << store;
  }
}

TEST_F(FullDiskTest, NoLedgerBeginsOnAFullDisk) {
  LedgerOptions options = OnDisk(directory_.filename());
  options.data_dir = directory_ / "more" / "data";
  options.key_file = directory_ / "other";
  EXPECT_THAT(CreateLedger(options), StatusIs(kRefused, HasSubstr("more/data is full")));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "more"));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "other"));
}

// The log goes the way of a failed disk also when only the vault is lost.
TEST_F(LedgerStartTest, LedgerThatIsMovedWhileItIsServedTakesNothing) {
  for (const char* lost : {"", "/log", "/anchor", "/vault", "/vault.anchor"}) {
    SCOPED_TRACE(lost);
    auto parts = LedgerParts::Open(Options());
    ASSERT_OK(parts);
    EventLog& log = (*parts)->log();
    const std::string path = (directory_ / "data").string() + lost;
    std::filesystem::rename(path, directory_ / "away");
    const LogHead head = log.Head();
    EXPECT_THAT(log.Append(head.size, head.last_time_us, {"x"}).status(),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("moved, removed or replaced")));
    EXPECT_EQ(log.Head().size, head.size);
    std::filesystem::rename(directory_ / "away", path);
    parts->reset();
    // What was written and not acknowledged is no entry of a ledger.
    std::filesystem::remove_all(directory_ / "data");
    std::filesystem::remove(directory_ / "key");
    for (const char* of :
         {"key.checkpoint", "key.checkpoint.newest", "key.checkpoint.newest.lock"}) {
      std::filesystem::remove(directory_ / of);
    }
    ASSERT_OK(CreateLedger(Options()));
  }
}

// Before anything is made: half a ledger would have to be removed by hand.
TEST_F(LedgerStartTest, PathsThatMeetBeginNoLedger) {
  namespace fs = std::filesystem;
  const fs::path c = directory_ / "c";
  fs::create_directories(c / "sub");
  fs::create_symlink("k", c / "link");
  fs::create_symlink(c, directory_ / "other");
  std::ofstream(c / "made") << "x";
  fs::create_hard_link(c / "made", c / "hard");
  struct Meeting {
    const char *data, *key, *checkpoint_key, *says;
  };
  for (const Meeting& meeting : std::initializer_list<Meeting>{
           {"d", "c/k", "c/k", "key file .*c/k and the checkpoint key file .*c/k are the same"},
           {"d", "c/k", "c/./k", "c/./k are the same file"},
           {"d", "c/k", "c/sub/../k", "are the same file"},
           {"d", "c/k", "c/link", "c/link are the same file"},
           {"d", "c/link", "c/k", "are the same file"},
           {"d", "c/k", "other/k", "other/k are the same file"},
           {"d", "c/made", "c/hard", "c/hard are the same file"},
           {"d", "c/k.newest", "c/k", "the memory of the checkpoint key .* are the same"},
           {"d", "c/k.newest.lock", "c/k", "the lock of the checkpoint key .* are the same"},
           {"d", "c/k.newest.new", "c/k", "are the same"},
           {"d", "c/k.unfinished", "c/k", "are the same"},
           {"d", "c/k", "c/k.unfinished", "are the same"},
           {"d", "c/k", "c/k/x", "lie in one another"},
           {"d", "c/k/x", "c/k", "lie in one another"},
           {"c/k.newest", "c/q", "c/k", "the data directory .* are the same file"},
           {"c/k/d", "c/k", "c/q", "the data directory .* lie in one another"},
           {"d", "d/k", "c/k", "lies in"},
           {"d", "c/k", "d/vault.anchor", "lies in"}}) {
    SCOPED_TRACE(absl::StrCat(meeting.data, " ", meeting.key, " ", meeting.checkpoint_key));
    LedgerOptions options = Options();
    options.data_dir = directory_ / meeting.data;
    options.key_file = directory_ / meeting.key;
    options.checkpoint_key_file = directory_ / meeting.checkpoint_key;
    EXPECT_THAT(CreateLedger(options), StatusIs(kRefused, ContainsRegex(meeting.says)));
    EXPECT_FALSE(fs::exists(directory_ / "d"));
    EXPECT_EQ(std::distance(fs::directory_iterator(c), {}), 4);
    EXPECT_FALSE(Start(std::move(options)).ok());
  }
}

TEST(StateOfNewerRulesTest, SnapshotIsNotTaken) {
  State state;
  state.ledger.rules_version = kRulesVersion;
  EXPECT_OK(StateOf(StateBytes(state)));
  state.ledger.rules_version = kRulesVersion + 1;
  EXPECT_THAT(StateOf(StateBytes(state)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("newer version")));
}

}  // namespace
}  // namespace bansos::testing
