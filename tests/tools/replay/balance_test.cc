// The two bucket equations and the totals notice money that does not add up.
#include "tools/bansos-verify/replay/balance.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/tools/replay/story.h"
#include "tools/bansos-verify/replay/booking.h"

namespace bansos::replay {
namespace {

v1::Movement Moved(int64_t amount, v1::Bucket from, v1::Bucket to) {
  v1::Movement movement;
  movement.set_amount(amount);
  movement.set_from(from);
  movement.set_to(to);
  return movement;
}

std::string RuleOf(const Verdict& verdict) { return verdict.has_value() ? verdict->rule : ""; }

TEST(ReplayBalance, NoBucketGoesBelowZero) {
  Balance balance;
  balance.appropriated = balance.buckets[v1::BUCKET_AVAILABLE] = 10;
  const v1::Movement instructed = Moved(11, v1::BUCKET_AVAILABLE, v1::BUCKET_OBLIGATED);
  EXPECT_EQ(RuleOf(Move("programme KJS", balance, instructed)), "kBucketBelowZero");
  Balance batch;
  const v1::Movement settled = Moved(1, v1::BUCKET_IN_TRANSIT, v1::BUCKET_PAID);
  EXPECT_EQ(RuleOf(Move("batch KJS.1.1", batch, settled)), "kBucketBelowZero");
}

TEST(ReplayBalance, TotalsStayWithin64Bits) {
  Balance batch;
  batch.instructed = std::numeric_limits<int64_t>::max();
  batch.withdrawn = batch.instructed;
  const v1::Movement instructed = Moved(1, v1::BUCKET_AVAILABLE, v1::BUCKET_OBLIGATED);
  EXPECT_EQ(RuleOf(Move("batch KJS.1.1", batch, instructed)), "kTotalTooLarge");
}

TEST(ReplayBalance, EquationsNoticeEachSide) {
  Balance good;
  good.appropriated = 10;
  good.instructed = 4;
  good.withdrawn = 1;
  good.buckets[v1::BUCKET_AVAILABLE] = 7;
  good.buckets[v1::BUCKET_PAID] = 3;
  EXPECT_EQ(RuleOf(CheckEquations("programme KJS", good)), "");
  Balance other = good;
  other.appropriated = 11;
  EXPECT_EQ(RuleOf(CheckEquations("programme KJS", other)), "kEquationBroken");
  other = good;
  other.withdrawn = 0;
  EXPECT_EQ(RuleOf(CheckEquations("programme KJS", other)), "kEquationBroken");
  EXPECT_EQ(RuleOf(CheckEquations("area 3374", good)), "kEquationBroken");
}

TEST(ReplayBalance, TotalsMadeAnewNoticeALostMovement) {
  const State good = SentStory().ledger().state();
  EXPECT_EQ(RuleOf(CheckTotals(good)), "");
  State lost_line = good;
  lost_line.balances.erase(RecipientLine(1));
  EXPECT_EQ(RuleOf(CheckTotals(lost_line)), "kTotalsDiffer");
  State other_bucket = good;
  Balance& balance = other_bucket.balances.at(BatchLine({"KJS", 1, 1}));
  std::swap(balance.buckets[v1::BUCKET_IN_TRANSIT], balance.buckets[v1::BUCKET_PAID]);
  EXPECT_EQ(RuleOf(CheckTotals(other_bucket)), "kTotalsDiffer");
}

}  // namespace
}  // namespace bansos::replay
