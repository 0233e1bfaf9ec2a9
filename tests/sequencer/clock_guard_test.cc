// A clock that jumps never decides a recorded time.
#include "ledger/sequencer/clock_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/log/memory_log.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::HasSubstr;

constexpr auto kRefused = absl::StatusCode::kFailedPrecondition;
constexpr auto kUnavailable = absl::StatusCode::kUnavailable;
constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 24 * 60 * 60 * kSecond;

TEST(CheckClockTest, BoundsHoldBothWays) {
  const int64_t now = kTestTimeUs;
  EXPECT_OK(CheckClock(now, now));
  EXPECT_OK(CheckClock(now, now + kMaxClockErrorUs));
  EXPECT_THAT(CheckClock(now, now + kMaxClockErrorUs + 1),
              StatusIs(kRefused, HasSubstr("the clock is behind")));
  EXPECT_OK(CheckClock(now, now - kMaxRestUs));
  EXPECT_THAT(CheckClock(now, now - kMaxRestUs - 1),
              StatusIs(kRefused, HasSubstr("--accept-clock")));
  EXPECT_OK(CheckClock(kEarliestClockUs, 0));
  EXPECT_THAT(CheckClock(kEarliestClockUs - 1, 0), StatusIs(kRefused, HasSubstr("never set")));
}

TEST(ClockGuardTest, TimeMayPassButNotJump) {
  ManualClock clock(kTestTimeUs);
  const ClockGuard guard(clock);
  clock.AdvanceMicros(100 * kDay);
  EXPECT_OK(guard.Now(kTestTimeUs));
  for (const int64_t jump : {kMaxClockErrorUs, -2 * kMaxClockErrorUs, kMaxClockErrorUs}) {
    clock.JumpMicros(jump);
    EXPECT_OK(guard.Now(kTestTimeUs));
  }
  for (const int64_t sign : {1, -1}) {
    clock.JumpMicros(sign * (kMaxClockErrorUs + 1));
    EXPECT_THAT(guard.Now(kTestTimeUs), StatusIs(kUnavailable, HasSubstr("nothing is recorded")));
    clock.JumpMicros(-sign * (kMaxClockErrorUs + 1));
    EXPECT_OK(guard.Now(kTestTimeUs));
  }
  clock.AdvanceMicros(kMaxRestUs);
  EXPECT_THAT(guard.Now(kTestTimeUs), StatusIs(kUnavailable, HasSubstr("rested")));
  EXPECT_OK(guard.Now(kTestTimeUs + 100 * kDay));
  EXPECT_OK(guard.Now(0));
}

// The clock says 2035 for one commit: nothing is written by it, and work goes on when it is right.
TEST(ClockGuardTest, AClockThatLeapsWritesNothing) {
  MemoryLog log;
  RunningLedger ledger(log);
  ledger.Record({OpenLedger(), PublishAreas()});
  const LogHead before = log.Head();
  for (const int64_t jump : {3650 * kDay, -3650 * kDay}) {
    ledger.clock().JumpMicros(jump);
    EXPECT_THAT(ledger.Ask({Register(1)}), StatusIs(kUnavailable, HasSubstr("clock")));
    EXPECT_THAT(ledger.Ask({OpenLedger()}), StatusIs(kUnavailable, HasSubstr("clock")));
    EXPECT_EQ(log.Head().size, before.size);
    EXPECT_EQ(log.Head().last_time_us, before.last_time_us);
    ledger.clock().JumpMicros(-jump);
  }
  ledger.clock().AdvanceMicros(kSecond);
  ledger.Record({Register(1)});
  EXPECT_EQ(log.Head().last_time_us, kTestTimeUs + kSecond);
  EXPECT_TRUE(ledger.fatal().empty());
}

}  // namespace
}  // namespace bansos::testing
