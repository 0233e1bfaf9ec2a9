// The log cannot write: everybody is told UNAVAILABLE, the process is told once, and the next start
// finds each fact whole or not at all, so that a retry is safe.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "ledger/domain/key.h"
#include "ledger/log/memory_log.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/sequencer/watched_log.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class FatalTest : public ::testing::TestWithParam<WatchedLog::Fault> {};

TEST_P(FatalTest, AllWaitingAndLaterCallersAreToldThatRetryIsSafe) {
  MemoryLog memory;
  WatchedLog log(memory);
  RunningLedger ledger(log);
  ledger.Record(FoundLedger());
  log.Close();
  log.FailAt(2, GetParam());
  std::future<Answer> durable = ledger.Submit({{Register(1)}});
  log.AwaitHeld();
  std::vector<std::future<Answer>> waiting;
  for (uint64_t n = 2; n <= 50; ++n) waiting.push_back(ledger.Submit({{Register(n), Register(1)}}));
  log.Open();

  EXPECT_OK(durable.get());
  const auto is_told = StatusIs(
      absl::StatusCode::kUnavailable,
      AllOf(HasSubstr("the ledger stopped: "), HasSubstr("no space"), HasSubstr("retry is safe")));
  for (std::future<Answer>& answer : waiting) EXPECT_THAT(answer.get(), is_told);
  EXPECT_THAT(ledger.Ask({Register(51)}), is_told);
  ledger.Stop();
  EXPECT_THAT(ledger.fatal(), SizeIs(1));

  // The next start, over the same log with a good disk.
  RunningLedger again(memory);
  for (uint64_t n = 1; n <= 50; ++n) {
    const Answer answer = again.Ask({Register(n)});
    ASSERT_OK(answer);
    EXPECT_FALSE(answer->outcomes[0].refusal) << n;
  }
  std::set<std::string> keys;
  const std::vector<Event> events = EventsOf(memory);
  for (const Event& event : events) EXPECT_TRUE(keys.insert(BusinessKey(event)).second);
  EXPECT_THAT(events, SizeIs(6 + 50));
}

TEST_P(FatalTest, TheStateIsKnownToBeAheadOfTheLog) {
  MemoryLog memory;
  WatchedLog log(memory);
  RunningLedger ledger(log);
  ledger.Record(FoundLedger());
  log.FailAt(1, GetParam());
  EXPECT_THAT(ledger.Ask({Register(1)}), StatusIs(absl::StatusCode::kUnavailable));
  const State state = ledger.Stop();
  const bool written = GetParam() == WatchedLog::Fault::kWritten;
  EXPECT_EQ(state.next.value(), memory.Head().size + (written ? 0 : 1));
}

INSTANTIATE_TEST_SUITE_P(Faults, FatalTest,
                         ::testing::Values(WatchedLog::Fault::kNotWritten,
                                           WatchedLog::Fault::kWritten));

}  // namespace
}  // namespace bansos::testing
