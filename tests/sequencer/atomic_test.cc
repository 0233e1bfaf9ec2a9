// Atomic requests: all or nothing, and what is not independent is refused before anything is
// recorded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/log/memory_log.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

template <typename Body>
Body& BodyOf(Command& command) {
  return std::get<Body>(std::get<EventBody>(command.body));
}

class AtomicTest : public ::testing::Test {
 protected:
  AtomicTest() { ledger_.Record(FoundLedger(3)); }  // Money for three payments.

  // Nothing of the request may reach the log.
  Answer Refused(std::vector<Command> commands) {
    const uint64_t size = log_.Head().size;
    Answer answer = ledger_.AskAtomic(std::move(commands));
    EXPECT_EQ(log_.Head().size, size);
    return answer;
  }
  void Entitled(uint64_t first, uint64_t last) {
    for (uint64_t n = first; n <= last; ++n) ledger_.Record(Entitle(n));
  }
  static std::string DetailOf(const Answer& answer, size_t command) {
    return answer->outcomes[command].refusal->detail;
  }

  MemoryLog log_;
  RunningLedger ledger_{log_};
};

TEST_F(AtomicTest, AllNewIsRecordedInOneCommit) {
  EXPECT_THAT(Words(ledger_.AskAtomic({Register(1), Register(2), Register(3)})),
              ElementsAre("6", "7", "8"));
}

TEST_F(AtomicTest, AllRecordedIsAnsweredWithTheFirstPositions) {
  ledger_.Record({Register(1), Register(2)});
  const Answer answer = Refused({Register(2), Register(1)});
  EXPECT_THAT(Words(answer), ElementsAre("7*", "6*"));
}

TEST_F(AtomicTest, ARefusalRefusesAll) {
  ledger_.Record({Register(1), Register(2)});
  const Answer answer = Refused({Propose(1), Propose(9), Propose(2)});
  EXPECT_THAT(Words(answer), ElementsAre("ATOMIC_REFUSED", "RECIPIENT_UNKNOWN", "ATOMIC_REFUSED"));
  EXPECT_THAT(DetailOf(answer, 0), HasSubstr("command 1 is refused, RECIPIENT_UNKNOWN"));
}

TEST_F(AtomicTest, NewBesideRecordedRefusesAllAndSaysWhich) {
  ledger_.Record({Register(2)});
  const Answer answer = Refused({Register(1), Register(2), Register(3)});
  EXPECT_THAT(Words(answer), Each(std::string("ATOMIC_REFUSED")));
  EXPECT_THAT(DetailOf(answer, 0), HasSubstr("command 1 is recorded already"));
  EXPECT_THAT(DetailOf(answer, 1), HasSubstr("command 0 is new"));
  EXPECT_THAT(DetailOf(answer, 2), HasSubstr("command 1 is recorded already"));
}

TEST_F(AtomicTest, RecordedWithOtherContentRefusesAll) {
  ledger_.Record({Register(1), Register(2)});
  Command other = Register(2);
  BodyOf<RecipientRegistered>(other).area = 3301;
  EXPECT_THAT(Words(Refused({Register(1), other})), ElementsAre("ATOMIC_REFUSED", "KEY_TAKEN"));
}

TEST_F(AtomicTest, ADryRunWritesNothing) {
  Answer dry = ledger_.Ask(WriteRequest{{Register(1), Register(2)}, true, true});
  EXPECT_THAT(Words(dry), ElementsAre("-", "-"));
  dry = ledger_.Ask(WriteRequest{{Register(1), Propose(1)}, true, true});
  EXPECT_THAT(Words(dry), ElementsAre("ATOMIC_REFUSED", "RECIPIENT_UNKNOWN"));
  EXPECT_EQ(log_.Head().size, 6u);
}

TEST_F(AtomicTest, AnEmptyRequestIsAnswered) {
  EXPECT_THAT(Words(ledger_.AskAtomic({})), SizeIs(0));
}

// ---- Independence ----

TEST_F(AtomicTest, TwoKindsOverlap) {
  ledger_.Record({Register(1), Register(2)});
  const Answer answer = Refused({Propose(1), AssignPayee(2)});
  EXPECT_THAT(Words(answer), ElementsAre("ATOMIC_OVERLAP", "ATOMIC_OVERLAP"));
}

TEST_F(AtomicTest, ASubjectTwiceOverlaps) {
  ledger_.Record({Register(1), Register(2)});
  const Answer answer = Refused({AssignPayee(1), AssignPayee(2), AssignPayee(1, "2")});
  EXPECT_THAT(Words(answer), Each(std::string("ATOMIC_OVERLAP")));
  EXPECT_THAT(DetailOf(answer, 1), HasSubstr("commands 0 and 2: recipient 1"));
  EXPECT_THAT(Words(Refused({SetPolicy(1, 5), SetPolicy(1, 5)})),
              Each(std::string("ATOMIC_OVERLAP")));
}

TEST_F(AtomicTest, AnAccountTwiceOverlapsUnlessBothSayWhy) {
  ledger_.Record({Register(1), Register(2)});
  Command first = AssignPayee(1), second = AssignPayee(2);
  BodyOf<PayeeAssigned>(second).account_token = AccountToken(1);
  EXPECT_THAT(Words(Refused({first, second})), Each(std::string("ATOMIC_OVERLAP")));
  BodyOf<PayeeAssigned>(second).shared_account_reason = SharedAccountReason::kSameHousehold;
  EXPECT_THAT(Words(Refused({second, first})), Each(std::string("ATOMIC_OVERLAP")));
  EXPECT_THAT(Words(Refused({first, second})), Each(std::string("ATOMIC_OVERLAP")));
  BodyOf<PayeeAssigned>(first).shared_account_reason = SharedAccountReason::kSameHousehold;
  EXPECT_THAT(Words(ledger_.AskAtomic({first, second})), ElementsAre("8", "9"));
}

TEST_F(AtomicTest, ASlotDecreedTwiceOverlaps) {
  for (uint64_t n : {1, 2}) ledger_.Record({Register(n), Propose(n), DecideEligible(n)});
  EXPECT_THAT(Words(Refused({Decree(1, 7), Decree(2, 7)})), Each(std::string("ATOMIC_OVERLAP")));
  EXPECT_THAT(Words(ledger_.AskAtomic({Decree(1, 7), Decree(2, 8)})), ElementsAre("12", "13"));
}

TEST_F(AtomicTest, ASlotPaidTwiceInATrancheOverlaps) {
  Entitled(1, 1);
  ledger_.Record({EndEntitlement(1, 1, 1, 1)});  // Still owed tranche 1.
  ledger_.Record({Register(2), AssignPayee(2), Propose(2), DecideEligible(2), Decree(2, 1, 2, 1)});
  ledger_.Record({DraftBatch()});
  EXPECT_THAT(Words(Refused({Instruct(1), Instruct(2)})), Each(std::string("ATOMIC_OVERLAP")));
}

TEST_F(AtomicTest, AHeldReportCitedTwiceOverlaps) {
  Entitled(1, 2);
  ledger_.Record({DraftBatch(), Instruct(1), Instruct(2), SubmitBatch(2), VerifyBatch(2),
                  ApproveBatch(2), ReleaseBatch(2)});
  const Position file = ledger_.Record({ReceiveFile(1)})[0];
  Command unknown = ReportSettled(1, file, 1);
  std::get<ReportTransfer>(unknown.body).payment.reset();
  const Position held = ledger_.Record({unknown})[0];
  const auto cite = [&](uint64_t recipient) {
    TransferSettled settled;
    settled.payment = PaymentOf(recipient);
    settled.attempt = 1;
    settled.value_date = std::get<ReportTransfer>(unknown.body).value_date;
    settled.amount = kTestAmount;
    settled.source = {std::nullopt, "OFFICER", recipient};
    settled.cites = held;
    Command command;
    command.envelope.actor = "officer";
    command.body = EventBody(settled);
    return command;
  };
  const Answer answer = Refused({cite(1), cite(2)});
  EXPECT_THAT(Words(answer), Each(std::string("ATOMIC_OVERLAP")));
  EXPECT_THAT(DetailOf(answer, 0), HasSubstr("held report"));
  EXPECT_THAT(Words(ledger_.AskAtomic({cite(1)})), SizeIs(1));
}

// ---- Sums ----

TEST_F(AtomicTest, InstructionsThatTogetherPassTheMoneyAreRefused) {
  Entitled(1, 4);
  ledger_.Record({DraftBatch()});
  const Answer answer = Refused({Instruct(1), Instruct(2), Instruct(3), Instruct(4)});
  EXPECT_THAT(Words(answer), Each(std::string("NOT_ENOUGH_AVAILABLE")));
  EXPECT_THAT(DetailOf(answer, 0), HasSubstr(absl::StrCat(4 * kTestAmount)));
  EXPECT_OK(ledger_.AskAtomic({Instruct(1), Instruct(2), Instruct(3)}));
  EXPECT_THAT(Words(Refused({Instruct(4)})), ElementsAre("NOT_ENOUGH_AVAILABLE"));
}

TEST_F(AtomicTest, DecreesNeverPassTheQuotaTogether) {
  ledger_.Record({OpenProgram("SMALL", 2), PublishRuleSet("SMALL")});
  for (uint64_t n : {1, 2, 3}) {
    ledger_.Record({Register(n), Propose(n, "SMALL"), DecideEligible(n, 2, "SMALL")});
  }
  const auto decree = [](uint64_t recipient, uint32_t slot) {
    return Decree(recipient, slot, 1, 0, "SMALL");
  };
  EXPECT_THAT(Words(Refused({decree(1, 1), decree(2, 2), decree(3, 3)})),
              ElementsAre("ATOMIC_REFUSED", "ATOMIC_REFUSED", "QUOTA_EXCEEDED"));
  EXPECT_THAT(Words(ledger_.AskAtomic({decree(1, 1), decree(2, 2)})), SizeIs(2));
  EXPECT_THAT(Words(Refused({Decree(3, 1, 2, 1, "SMALL")})), ElementsAre("QUOTA_EXCEEDED"));
}

}  // namespace
}  // namespace bansos::testing
