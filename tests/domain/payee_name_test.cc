// Which identity the name of an account's holder was compared with: the latest, or it is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <variant>

#include "ledger/domain/decide.h"
#include "tests/support/commands.h"
#include "tests/support/paired_ledger.h"

namespace bansos::testing {
namespace {

PayeeAssigned& Payee(Command& command) {
  return std::get<PayeeAssigned>(std::get<EventBody>(command.body));
}

class PayeeNameTest : public ::testing::Test {
 protected:
  PayeeNameTest() : ledger_(kTestTimeUs) {
    for (const Command& command : FoundLedger()) EXPECT_EQ(ledger_.Do(command), "recorded");
    registered_ = ledger_.state().next;
    EXPECT_EQ(ledger_.Do(Register(1)), "recorded");
  }

  // "recorded", or the refusal's name; nothing is recorded.
  std::string Try(const Command& command) const {
    const Decision decision = Decide(ledger_.state(), command, kTestTimeUs);
    if (const auto* refusal = std::get_if<Refusal>(&decision)) {
      return std::string(TextOf(refusal->code).name);
    }
    return std::holds_alternative<Event>(decision) ? "recorded" : "already";
  }

  void Correct() {
    Command correct = Register(1);
    correct.body = EventBody(IdentityCorrected{RecipientNumber(1), kTestArea, KkToken(1), "other"});
    correct.envelope.document = MakeDocument("KTP", "1");
    EXPECT_EQ(ledger_.Do(correct), "recorded");
  }

  PairedLedger ledger_;
  Position registered_;
};

TEST_F(PayeeNameTest, TheLatestIdentityIsFilledIn) {
  const Command assign = AssignPayee(1);
  const Decision first = Decide(ledger_.state(), assign, kTestTimeUs);
  EXPECT_EQ(std::get<PayeeAssigned>(std::get<Event>(first).body).identity_position, registered_);
  const Position corrected = ledger_.state().next;
  Correct();
  const Decision second = Decide(ledger_.state(), assign, kTestTimeUs);
  EXPECT_EQ(std::get<PayeeAssigned>(std::get<Event>(second).body).identity_position, corrected);
}

TEST_F(PayeeNameTest, AComparisonWithAnEarlierIdentityIsRefused) {
  Command assign = AssignPayee(1);
  Payee(assign).identity_position = registered_;
  Payee(assign).name_differs = true;
  EXPECT_EQ(Try(assign), "recorded");
  Correct();
  EXPECT_EQ(Try(assign), "FACTS_CHANGED");
  Payee(assign).identity_position = Position(0);
  EXPECT_EQ(Try(assign), "FACTS_CHANGED");
}

TEST_F(PayeeNameTest, OnlyAnAccountOfTheRecipientsOwnIsCompared) {
  Command guardian = AssignPayee(1);
  Payee(guardian).holder = Holder::kGuardian;
  Command cash = AssignPayee(1);
  Payee(cash).channel = Channel::kPostCash;
  Payee(cash).account_token = AccountToken(0);
  for (Command& command : {std::ref(guardian), std::ref(cash)}) {
    const Decision decision = Decide(ledger_.state(), command, kTestTimeUs);
    EXPECT_FALSE(std::get<PayeeAssigned>(std::get<Event>(decision).body).identity_position);
    Payee(command).name_differs = true;
    EXPECT_EQ(Try(command), "FACTS_CHANGED");
    Payee(command).name_differs = false;
    Payee(command).identity_position = registered_;
    EXPECT_EQ(Try(command), "FACTS_CHANGED");
  }
}

TEST_F(PayeeNameTest, ARetryIsARetryWhateverTheComparisonSays) {
  Command assign = AssignPayee(1);
  Payee(assign).identity_position = registered_;
  ASSERT_EQ(ledger_.Do(assign), "recorded");
  Correct();
  Payee(assign).identity_position = ledger_.state().FindRecipient(RecipientNumber(1))->last.value();
  Payee(assign).name_differs = true;
  EXPECT_THAT(ledger_.Do(assign), ::testing::StartsWith("already recorded"));
  Payee(assign).name_confirmed = true;
  EXPECT_EQ(ledger_.Do(assign), "KEY_TAKEN");
}

}  // namespace
}  // namespace bansos::testing
