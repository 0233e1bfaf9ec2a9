#include "projections/trial_balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/memory_log.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::HasSubstr;

constexpr Rupiah kBenefit = 600'000;

bool Always() { return true; }

Story PaidAndReturned() {
  Story story;
  story.OpenProgram("KJS");
  story.Register(1);
  story.Appropriate("KJS", 10 * kBenefit);
  story.Appropriate("KJS", -2 * kBenefit);
  story.Pay(Key("KJS", 1, 1), kBenefit, 20250310);
  story.Return(Key("KJS", 1, 1), 20250312);
  return story;
}

TEST(TrialBalanceTest, DebitsAndCreditsOfEachAccountAndZeroInAll) {
  MemoryLog log;
  PaidAndReturned().AppendTo(log);
  ASSERT_OK_AND_ASSIGN(const TrialBalance trial, ScanTrialBalance(log, log.Head().size, Always));
  EXPECT_EQ(trial.debit, trial.credit);
  EXPECT_EQ(trial.debit, 16 * kBenefit);
  Rupiah sum = 0;
  for (const TrialBalanceLine& line : trial.lines) sum += line.balance();
  EXPECT_EQ(sum, 0);
  ASSERT_EQ(trial.lines.size(), 6u);
  EXPECT_EQ(trial.lines[0].bucket, Bucket::kOutside);
  EXPECT_EQ(trial.lines[0].debit, 2 * kBenefit);
  EXPECT_EQ(trial.lines[0].credit, 10 * kBenefit);
  EXPECT_EQ(trial.lines[1].bucket, Bucket::kAvailable);
  EXPECT_EQ(trial.lines[1].balance(), 7 * kBenefit);
  EXPECT_EQ(trial.lines[4].bucket, Bucket::kPaid);
  EXPECT_EQ(trial.lines[4].balance(), 0);
  EXPECT_EQ(trial.lines[5].balance(), kBenefit);
}

TEST(TrialBalanceTest, StopsAtThePositionAskedFor) {
  MemoryLog log;
  const Story story = PaidAndReturned();
  story.AppendTo(log);
  ASSERT_OK_AND_ASSIGN(const TrialBalance trial,
                       ScanTrialBalance(log, story.events().size() - 1, Always));
  EXPECT_EQ(trial.size, story.events().size() - 1);
  EXPECT_EQ(trial.lines.back().bucket, Bucket::kPaid);
  EXPECT_EQ(trial.lines.back().balance(), kBenefit);
}

TEST(TrialBalanceTest, ACallerWhoLeftEndsTheScan) {
  MemoryLog log;
  PaidAndReturned().AppendTo(log);
  EXPECT_THAT(ScanTrialBalance(log, log.Head().size, [] { return false; }),
              StatusIs(absl::StatusCode::kCancelled));
}

TEST(TrialBalanceTest, AnEntryThatIsNoEventIsNamed) {
  MemoryLog log;
  PaidAndReturned().AppendTo(log);
  const uint64_t size = log.Head().size;
  ASSERT_OK(log.Append(size, log.Head().last_time_us + 1, {"garbage"}).status());
  EXPECT_THAT(ScanTrialBalance(log, size + 1, Always),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(std::to_string(size))));
}

}  // namespace
}  // namespace bansos
