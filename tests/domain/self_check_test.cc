// The ledger checks itself before it writes: the decider evolves its state before the append, so
// what Evolve refuses never reaches the log (invariant 3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/domain/batch.h"
#include "ledger/domain/payment.h"
#include "ledger/event/codec.h"
#include "tests/support/status_matchers.h"
#include "tests/support/told_ledger.h"

namespace bansos::testing {
namespace {

// The movement of a money event; nullptr for others.
Movement* MovementOf(Event& event) {
  return std::visit(
      [](auto& body) -> Movement* {
        if constexpr (requires { body.movement; }) return &body.movement;
        return nullptr;
      },
      event.body);
}

const std::vector<std::function<void(Movement&)>> kLies = {
    [](Movement& m) { ++m.batch; },
    [](Movement& m) { ++m.area; },
    [](Movement& m) { --m.amount; },
    [](Movement& m) { m.amount = 0; },
    [](Movement& m) { m.amount = -m.amount; },
    [](Movement& m) { m.from = Bucket::kReceivable; },
    [](Movement& m) { m.to = Bucket::kReceivable; },
    [](Movement& m) { m.to = m.from; },
    [](Movement& m) { m.to = Bucket::kOutside; },
    [](Movement& m) { m.to = static_cast<Bucket>(200); },
};

void ExpectEveryLieRefused(const State& state, const Event& event) {
  State honest = state;
  ASSERT_OK(Evolve(honest, event));
  for (size_t lie = 0; lie < kLies.size(); ++lie) {
    Event told = event;
    ASSERT_NE(MovementOf(told), nullptr);
    kLies[lie](*MovementOf(told));
    State copy = state;
    EXPECT_THAT(Evolve(copy, told), StatusIs(absl::StatusCode::kDataLoss))
        << EventName(event.body) << ", lie " << lie;
  }
}

TEST(SelfCheckTest, AMovementThatIsNotThePaymentsOwnNeverEvolves) {
  ToldLedger ledger;
  TellAWholeYear(ledger);
  const std::vector<std::pair<std::string, std::string>> acts = {
      {"dewi", "instructs 2 in KJS/2/1"},
      {"dewi", "withdraws KJS/2/1/1"},
      {"kiki", "sends KJS/1/2/1 attempt 2"},
      {"kiki", "remits KJS/1/2/1"},
      {"kiki", "reads 1 line 5 returned KJS/1/1/1 because AC04 on 20250330"},
  };
  for (const auto& [who, what] : acts) {
    ExpectEveryLieRefused(ledger.state(), ledger.EventOf(who, what));
  }
  ledger.TellAll({"kiki reads 1 line 5 returned KJS/1/1/1 because AC04 on 20250330",
                  "clerk assigns-payee 1 account 21"});
  ExpectEveryLieRefused(ledger.state(), ledger.EventOf("kiki", "reissues KJS/1/1/1"));
  ledger.CompareMoney();
}

TEST(SelfCheckTest, ASettlementFromAnotherBucketNeverEvolves) {
  ToldLedger ledger;
  TellAWholeYear(ledger);
  ledger.TellAll({"kiki sends KJS/1/2/1 attempt 2"});
  ExpectEveryLieRefused(ledger.state(),
                        ledger.EventOf("kiki", "reads 1 line 5 settled KJS/1/2/1 attempt 2"));
}

TEST(SelfCheckTest, ARevisionThatTakesPromisedMoneyNeverEvolves) {
  ToldLedger ledger;
  TellAWholeYear(ledger);
  Event event = ledger.EventOf("amir", "appropriates 5 to KJS");
  std::get<BudgetAppropriated>(event.body).amount = -601;
  State copy = ledger.state();
  EXPECT_THAT(Evolve(copy, event), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SelfCheckTest, AStepOverAnotherListNeverEvolves) {
  ToldLedger ledger;
  TellAWholeYear(ledger);
  ledger.TellAll({"eko submits KJS/2/1 count 1"});
  const Event event = ledger.EventOf("fitri", "verifies KJS/2/1 count 1");
  State honest = ledger.state();
  ASSERT_OK(Evolve(honest, event));
  const std::vector<std::function<void(BatchList&)>> lies = {
      [](BatchList& list) { ++list.count; }, [](BatchList& list) { --list.total; },
      [](BatchList& list) { list.digest[31] ^= 1; }, [](BatchList& list) { list.digest.clear(); }};
  for (const auto& lie : lies) {
    Event told = event;
    lie(std::get<BatchVerified>(told.body).list);
    State copy = ledger.state();
    EXPECT_THAT(Evolve(copy, told), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(SelfCheckTest, TheDigestOfAFrozenListIsThatOfItsPayments) {
  ToldLedger ledger;
  TellAWholeYear(ledger);
  const BatchKey key{"KJS", 2, 1};
  const auto digest = [&]() -> const std::string& {
    return ledger.state().FindBatch(key)->list_digest;
  };
  EXPECT_EQ(digest(), "");
  ledger.TellAll({"eko submits KJS/2/1 count 1"});
  EXPECT_EQ(digest(), ListDigest(ledger.state(), *ledger.state().FindBatch(key)));
  const std::string first = digest();
  ledger.TellAll({"fitri sends-back KJS/2/1 count 1"});
  EXPECT_EQ(digest(), "");
  ledger.TellAll({"dewi withdraws KJS/2/1/1", "dewi instructs 2 in KJS/2/1",
                  "eko submits KJS/2/1 count 1 round 2"});
  EXPECT_NE(digest(), first);
}

// Withdrawn payments count: each has its instruction on the list for ever.
TEST(SelfCheckTest, ABatchHoldsABoundedNumberOfPayments) {
  ToldLedger ledger;
  ledger.TellAll({"amir opens KJS", "amir publishes-rules KJS", "amir appropriates 100 to KJS",
                  "clerk registers 1", "clerk assigns-payee 1 account 1",
                  "clerk proposes 1 for KJS", "clerk decides 1 for KJS",
                  "clerk decrees 1 for KJS slot 1", "dewi drafts KJS/1/1", "dewi drafts KJS/1/2"});
  Command instruct, withdraw;
  instruct.envelope.actor = withdraw.envelope.actor = "dewi";
  PaymentKey payment{"KJS", 1, RecipientNumber(1), 1};
  const auto instruct_in = [&](uint32_t batch) {
    PaymentInstructed body;
    body.payment = payment;
    body.batch = batch;
    body.amount = 100;
    instruct.body = EventBody(body);
    return ledger.Do(instruct);
  };
  for (; payment.number <= kMaxBatchCount; ++payment.number) {
    ASSERT_EQ(instruct_in(1), "recorded") << payment.number;
    PaymentWithdrawn body;
    body.payment = payment;
    withdraw.body = EventBody(body);
    ASSERT_EQ(ledger.Do(withdraw), "recorded") << payment.number;
  }
  EXPECT_EQ(instruct_in(1), "BATCH_FULL");
  EXPECT_EQ(instruct_in(2), "recorded");
}

}  // namespace
}  // namespace bansos::testing
