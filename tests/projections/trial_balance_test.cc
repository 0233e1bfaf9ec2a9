#include "projections/trial_balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/log/memory_log.h"
#include "tests/projections/story.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::IsOk;
using ::bansos::testing::Key;
using ::bansos::testing::StatusIs;
using ::bansos::testing::Story;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Rupiah kBenefit = 600'000;

bool Always(uint64_t) { return true; }

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

// A log that counts the entries that are read of another.
class CountingLog final : public EventLog {
 public:
  explicit CountingLog(EventLog& log) : log_(log) {}
  absl::StatusOr<LogHead> Append(uint64_t size, int64_t time_us,
                                 absl::Span<const std::string> entries) override {
    return log_.Append(size, time_us, entries);
  }
  LogHead Head() const override { return log_.Head(); }
  absl::Status ReadForward(Position from, Position to, EntryVisitor visit) const override {
    return log_.ReadForward(from, to, [&](Position position, std::string_view entry) {
      ++read_;
      return visit(position, entry);
    });
  }
  absl::Status ReadBackward(Position from, EntryVisitor visit) const override {
    return log_.ReadBackward(from, visit);
  }
  absl::StatusOr<std::string> Read(Position position) const override { return log_.Read(position); }
  absl::StatusOr<Position> SeekTime(int64_t time_us) const override {
    return log_.SeekTime(time_us);
  }
  void CallAtSize(uint64_t size, std::function<void()> callback) override {
    log_.CallAtSize(size, std::move(callback));
  }

  uint64_t TakeRead() { return std::exchange(read_, 0); }

 private:
  EventLog& log_;
  mutable uint64_t read_ = 0;
};

TEST(TrialBalancesTest, TheNextScanReadsOnlyWhatCameSince) {
  MemoryLog memory;
  const Story story = PaidAndReturned();
  story.AppendTo(memory);
  CountingLog log(memory);
  const uint64_t size = log.Head().size;
  TrialBalances balances;
  for (const auto& [at, read] : std::vector<std::pair<uint64_t, uint64_t>>{
           {size - 2, size - 2}, {size, 2}, {size, 0}, {3, 3}, {size, 0}}) {
    log.TakeRead();
    ASSERT_OK_AND_ASSIGN(const TrialBalance kept, balances.At(log, at, Always));
    EXPECT_EQ(log.TakeRead(), read) << at;
    ASSERT_OK_AND_ASSIGN(const TrialBalance scanned, ScanTrialBalance(log, at, Always));
    EXPECT_EQ(kept.debit, scanned.debit);
    EXPECT_EQ(kept.movements, scanned.movements);
    ASSERT_EQ(kept.lines.size(), scanned.lines.size());
    for (size_t i = 0; i < kept.lines.size(); ++i) {
      EXPECT_EQ(kept.lines[i].balance(), scanned.lines[i].balance());
    }
  }
}

TEST(TrialBalancesTest, SaysHowFarItIs) {
  MemoryLog log;
  const Story story = PaidAndReturned();
  story.AppendTo(log);
  const uint64_t size = log.Head().size;
  TrialBalances balances;
  std::vector<uint64_t> told;
  const auto listen = [&](uint64_t scanned) {
    told.push_back(scanned);
    return true;
  };
  ASSERT_OK(balances.At(log, size - 2, listen).status());
  ASSERT_OK(balances.At(log, size, listen).status());
  EXPECT_THAT(told, ElementsAre(0, size - 2));
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
  EXPECT_THAT(ScanTrialBalance(log, log.Head().size, [](uint64_t) { return false; }),
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
