// The sequencer over the log on disk: what a process that ended left behind is what the next one
// goes on with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ledger/log/rocksdb_log.h"
#include "ledger/sequencer/start_up.h"
#include "tests/log/scratch_directory.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/sequencer/watched_log.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SequencerOnDiskTest : public ::testing::Test {
 protected:
  std::unique_ptr<RocksDbLog> Open() {
    RocksDbLogOptions options;
    options.directory = scratch_.path() + "/log";
    options.anchor_path = scratch_.path() + "/anchor";
    options.create_if_missing = true;
    auto log = RocksDbLog::Open(options);
    CHECK_OK(log.status());
    return *std::move(log);
  }

  ScratchDirectory scratch_;
};

std::vector<Command> Recipients(uint64_t first, uint64_t last) {
  std::vector<Command> commands;
  for (uint64_t n = first; n <= last; ++n) {
    for (Command& command : Entitle(n)) commands.push_back(std::move(command));
  }
  return commands;
}

TEST_F(SequencerOnDiskTest, TheSameRequestsAfterAReopenWriteNothing) {
  const std::vector<Command> commands = Recipients(1, 400);
  std::vector<Position> positions;
  std::vector<std::string> entries;
  {
    const auto log = Open();
    RunningLedger ledger(*log);
    ledger.Record(FoundLedger());
    positions = ledger.Record(commands);
    entries = EntriesOf(*log);
  }
  const auto log = Open();
  RunningLedger ledger(*log);
  const Answer answer = ledger.Ask(commands);
  ASSERT_OK(answer);
  for (size_t i = 0; i < commands.size(); ++i) {
    ASSERT_TRUE(answer->outcomes[i].already_recorded) << i;
    ASSERT_EQ(answer->outcomes[i].position, positions[i]);
  }
  EXPECT_EQ(EntriesOf(*log), entries);
}

TEST_F(SequencerOnDiskTest, SmallCommitsAndLargeOnesMakeTheSameChains) {
  const auto log = Open();
  RunningLedger ledger(*log);
  ledger.Record(FoundLedger());
  for (uint64_t n = 1; n <= 30; ++n) ledger.Record({Register(n)});
  for (uint64_t n = 1; n <= 30; ++n) ledger.Record({AssignPayee(n), Propose(n)});
  std::vector<Command> retries;
  for (uint64_t n = 30; n >= 1; --n) retries.push_back(Register(n));
  const Answer answer = ledger.Ask(retries);
  ASSERT_OK(answer);
  for (uint64_t n = 30; n >= 1; --n) EXPECT_EQ(answer->outcomes[30 - n].position, Position(5 + n));
}

TEST_F(SequencerOnDiskTest, AfterAFailedCommitTheReopenedLogGoesOn) {
  {
    const auto disk = Open();
    WatchedLog log(*disk);
    RunningLedger ledger(log);
    ledger.Record(FoundLedger());
    log.FailAt(2, WatchedLog::Fault::kWritten);
    ledger.Record({Register(1)});
    EXPECT_THAT(ledger.Ask(Recipients(2, 20)),
                StatusIs(absl::StatusCode::kUnavailable, HasSubstr("retry is safe")));
    ledger.Stop();
    EXPECT_THAT(ledger.fatal(), SizeIs(1));
  }
  const auto log = Open();
  RunningLedger ledger(*log);
  for (const Command& command : Recipients(1, 20)) {
    const Answer answer = ledger.Ask({command});
    ASSERT_OK(answer);
    EXPECT_FALSE(answer->outcomes[0].refusal);
  }
  EXPECT_EQ(log->Head().size, 6u + 20 * 5);
  ASSERT_OK_AND_ASSIGN(const State state, FoldState(*log, State(), nullptr));
  EXPECT_EQ(state.programs[0].running_entitlements, 20u);
}

}  // namespace
}  // namespace bansos::testing
