#include "ledger/sequencer/sequencer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "ledger/log/memory_log.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/sequencer/watched_log.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

// FoundLedger writes positions 0 to 5, so the first fact of a test gets position 6.
class SequencerTest : public ::testing::Test {
 protected:
  SequencerTest() { ledger_.Record(FoundLedger()); }

  static bool IsReady(const std::future<Answer>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  static WriteRequest Single(Command command) { return {{std::move(command)}}; }

  MemoryLog memory_;
  WatchedLog log_{memory_};
  RunningLedger ledger_{log_};
};

// ---- Commits ----

TEST_F(SequencerTest, CallersThatComeDuringACommitShareTheNextOnes) {
  const size_t commits_before = log_.commits().size();
  log_.Close();
  std::vector<std::future<Answer>> answers;
  answers.push_back(ledger_.Submit(Single(Register(1))));
  log_.AwaitHeld();
  for (uint64_t n = 2; n <= 100; ++n) answers.push_back(ledger_.Submit(Single(Register(n))));
  log_.Open();
  for (uint64_t n = 1; n <= 100; ++n) {
    EXPECT_THAT(Words(answers[n - 1].get()), ElementsAre(absl::StrCat(5 + n)));
  }
  // The first alone, those that the decider took meanwhile, and the rest.
  EXPECT_THAT(log_.commits().size() - commits_before, Le(3u));
}

TEST_F(SequencerTest, NothingIsAnsweredBeforeItIsDurable) {
  log_.Close();
  std::future<Answer> fact = ledger_.Submit(Single(Register(1)));
  std::future<Answer> refusal = ledger_.Submit(Single(Propose(2)));
  std::future<Answer> retry = ledger_.Submit(Single(Register(1)));
  std::future<Answer> dry = ledger_.Submit({{Register(1)}, false, true});
  log_.AwaitHeld();
  for (const auto* answer : {&fact, &refusal, &retry, &dry}) EXPECT_FALSE(IsReady(*answer));
  log_.Open();
  EXPECT_THAT(Words(fact.get()), ElementsAre("6"));
  EXPECT_THAT(Words(refusal.get()), ElementsAre("RECIPIENT_UNKNOWN"));
  EXPECT_THAT(Words(retry.get()), ElementsAre("6*"));
  EXPECT_THAT(Words(dry.get()), ElementsAre("6*"));
}

TEST_F(SequencerTest, ARecordedTimeIsOneForACommitAndNeverGoesBack) {
  ledger_.clock().AdvanceMicros(1'000'000);
  ledger_.Record({Register(1), Register(2)});
  ledger_.clock().AdvanceMicros(-500'000);
  ledger_.Record({Register(3)});
  const std::vector<Event> events = EventsOf(log_);
  for (size_t i = 6; i <= 8; ++i) {
    EXPECT_EQ(events[i].envelope.recorded_time_us, kTestTimeUs + 1'000'000) << i;
  }
  EXPECT_EQ(log_.Head().last_time_us, kTestTimeUs + 1'000'000);
}

// ---- Answers ----

TEST_F(SequencerTest, EveryCommandHasItsOutcomeInOrder) {
  const Answer answer =
      ledger_.Ask({Register(1), Propose(9), Register(1), Propose(1), DecideEligible(1, 7)});
  EXPECT_THAT(Words(answer), ElementsAre("6", "RECIPIENT_UNKNOWN", "6*", "7", "FACTS_CHANGED"));
  EXPECT_EQ(answer->log_size, 8u);
}

TEST_F(SequencerTest, ACommandSeesTheCommandsBeforeIt) {
  EXPECT_THAT(Words(ledger_.Ask(Entitle(1))), ElementsAre("6", "7", "8", "9", "10"));
}

TEST_F(SequencerTest, ARequestWithoutCommandsIsAnswered) {
  const Answer answer = ledger_.Ask(std::vector<Command>());
  EXPECT_THAT(Words(answer), IsEmpty());
  EXPECT_EQ(answer->log_size, 6u);
}

TEST_F(SequencerTest, AFactThatFitsNoEntryIsRefusedAndTheOthersGoOn) {
  // Each of its fields is within its bound, all of them together are not.
  Command large = PublishCatalogue();
  auto& catalogue = std::get<CataloguePublished>(std::get<EventBody>(large.body));
  catalogue.name = "LARGE";
  catalogue.indicators.clear();
  for (uint32_t i = 1; i <= 500; ++i) {
    catalogue.indicators.push_back({i,
                                    absl::StrCat("i", i),
                                    IndicatorKind::kNumber,
                                    std::string(150, 'c'),
                                    "meaning",
                                    "source",
                                    {{0, 1}}});
  }
  EXPECT_THAT(Words(ledger_.Ask({large, Register(2)})), ElementsAre("ENTRY_TOO_LARGE", "6"));
  EXPECT_THAT(Words(ledger_.AskDry({large})), ElementsAre("ENTRY_TOO_LARGE"));
}

TEST_F(SequencerTest, TheAnswerMaySubmitTheNextRequest) {
  std::promise<Answer> second;
  ledger_.sequencer().Submit(Single(Register(1)), [&](Answer first) {
    ASSERT_OK(first);
    ledger_.sequencer().Submit(Single(Register(1)),
                               [&](Answer answer) { second.set_value(std::move(answer)); });
  });
  EXPECT_THAT(Words(second.get_future().get()), ElementsAre("6*"));
}

// ---- Retries (invariant 5) ----

TEST_F(SequencerTest, ARetryIsAnsweredWithTheFirstPositionAndWritesNothing) {
  ledger_.Record(Entitle(1));
  std::vector<Command> again = Entitle(1);
  for (Command& command : again) {
    command.envelope.request_id = "again";
    command.envelope.actor = "another.actor";
  }
  const Answer answer = ledger_.Ask(again);
  EXPECT_THAT(Words(answer), ElementsAre("6*", "7*", "8*", "9*", "10*"));
  EXPECT_EQ(answer->log_size, 11u);
  EXPECT_EQ(log_.Head().size, 11u);
}

TEST_F(SequencerTest, EveryKindOfFactIsRecognisedAfterARestart) {
  std::vector<Command> all = FoundLedger();
  all.erase(all.begin());  // The ledger is opened once; a second opening is refused.
  const auto add = [&](const std::vector<Command>& commands) {
    all.insert(all.end(), commands.begin(), commands.end());
    return ledger_.Record(commands);
  };
  const Position payee = add(Entitle(1))[1];
  add({SetPolicy(1, 30), DraftBatch(), Instruct(1), SubmitBatch(1), VerifyBatch(1), ApproveBatch(1),
       ReleaseBatch(1), Send(1, payee)});
  const Position file = add({ReceiveFile(3)})[0];
  add({ReportReturned(1, file, 1, ReturnReason::kAC04), ReportSettled(2, file, 2)});
  add({Die(1), EndEntitlement(1, 1)});
  const std::vector<std::string> before = EntriesOf(log_);

  ledger_.Restart();
  const Answer answer = ledger_.Ask(all);
  ASSERT_OK(answer);
  for (size_t i = 0; i < all.size(); ++i) {
    const CommandOutcome& outcome = answer->outcomes[i];
    ASSERT_FALSE(outcome.refusal) << i << ": " << Message(*outcome.refusal);
    EXPECT_TRUE(outcome.already_recorded) << i;
    EXPECT_EQ(*outcome.position, Position(i + 1));
  }
  EXPECT_EQ(EntriesOf(log_), before);
}

TEST_F(SequencerTest, TheSameKeyWithOtherContentIsRefusedAndNamesTheField) {
  ledger_.Record(Entitle(1));
  Command other = Register(1);
  std::get<RecipientRegistered>(std::get<EventBody>(other.body)).kk_token = KkToken(77);
  Command later = AssignPayee(1);
  later.envelope.effective_date = 20250103;
  const Answer answer = ledger_.Ask({other, later, Register(1)});
  EXPECT_THAT(Words(answer), ElementsAre("KEY_TAKEN", "KEY_TAKEN", "6*"));
  EXPECT_THAT(answer->outcomes[0].refusal->detail,
              AllOf(HasSubstr("kk_token"), HasSubstr("position 6")));
  EXPECT_THAT(answer->outcomes[1].refusal->detail,
              AllOf(HasSubstr("effective_date"), HasSubstr("position 7")));
  EXPECT_EQ(log_.Head().size, 11u);
}

TEST_F(SequencerTest, AReportIsComparedWithTheEventThatItBecame) {
  const Position file = ledger_.Record({ReceiveFile(2)})[0];
  EXPECT_THAT(Words(ledger_.Ask({ReportSettled(1, file, 1)})), ElementsAre("7"));  // Held.
  Command other = ReportSettled(1, file, 1);
  std::get<ReportTransfer>(other.body).amount = 5;
  const Answer answer = ledger_.Ask({ReportSettled(1, file, 1), other});
  EXPECT_THAT(Words(answer), ElementsAre("7*", "KEY_TAKEN"));
  EXPECT_THAT(answer->outcomes[1].refusal->detail, HasSubstr("amount"));
}

TEST_F(SequencerTest, ManyRetriesReadTheLogOnlyAFewTimes) {
  std::vector<Command> commands;
  for (uint64_t n = 1; n <= kMaxRequestCommands / 4; ++n) {
    commands.push_back(Register(n));
    commands.push_back(AssignPayee(n));
    commands.push_back(Propose(n));
    commands.push_back(Die(n));
  }
  ledger_.Record(commands);
  const uint64_t visited_before = log_.visited();
  const Answer answer = ledger_.Ask(commands);
  ASSERT_OK(answer);
  for (size_t i = 0; i < commands.size(); ++i) {
    ASSERT_TRUE(answer->outcomes[i].already_recorded) << i;
    ASSERT_EQ(answer->outcomes[i].position->value(), 6 + i);
  }
  // A chain here has four events: no entry is read more often than that, however many walk it.
  EXPECT_LE(log_.visited() - visited_before, 4 * commands.size());
}

// ---- Dry runs ----

TEST_F(SequencerTest, ADryRunDecidesEachAgainstWhatIsRecordedAndWritesNothing) {
  ledger_.Record({Register(1)});
  const Answer answer = ledger_.AskDry({Register(1), Register(2), Propose(2), Propose(1)});
  EXPECT_THAT(Words(answer), ElementsAre("6*", "-", "RECIPIENT_UNKNOWN", "-"));
  EXPECT_EQ(answer->log_size, 7u);
  EXPECT_EQ(log_.Head().size, 7u);
  EXPECT_THAT(Words(ledger_.Ask({Register(2)})), ElementsAre("7"));
}

// ---- Limits (invariant 9) ----

TEST_F(SequencerTest, ARequestOfTooManyCommandsIsNotAccepted) {
  EXPECT_THAT(ledger_.Ask(std::vector<Command>(kMaxRequestCommands + 1, Register(1))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("8193 commands")));
  EXPECT_THAT(Words(ledger_.Ask(std::vector<Command>(kMaxRequestCommands, Register(1)))),
              SizeIs(kMaxRequestCommands));
}

TEST_F(SequencerTest, WhatTheQueueCannotHoldIsToldToComeBack) {
  log_.Close();
  std::vector<std::future<Answer>> answers;
  answers.push_back(ledger_.Submit(Single(Register(1))));
  log_.AwaitHeld();
  while (!IsReady(answers.back())) {
    answers.push_back(ledger_.Submit({std::vector<Command>(kMaxRequestCommands)}));
  }
  EXPECT_THAT(answers.back().get(), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(answers, SizeIs(Le(34u)));  // 262,144 commands are 32 full requests.
  log_.Open();
  answers.pop_back();
  for (std::future<Answer>& answer : answers) EXPECT_OK(answer.get());
  EXPECT_THAT(Words(ledger_.Ask({Register(2)})), ElementsAre("7"));
}

// ---- Start and stop ----

TEST_F(SequencerTest, StopFinishesWhatWasAccepted) {
  log_.Close();
  std::vector<std::future<Answer>> answers;
  for (uint64_t n = 1; n <= 20; ++n) {
    answers.push_back(ledger_.Submit(Single(Register(1 + n / 2))));  // Each but the first twice.
  }
  log_.AwaitHeld();
  log_.Open();
  const State state = ledger_.Stop();
  for (std::future<Answer>& answer : answers) {
    ASSERT_TRUE(IsReady(answer));
    EXPECT_OK(answer.get());
  }
  EXPECT_EQ(state.next, Position(6 + 11));
  EXPECT_EQ(state.next.value(), log_.Head().size);
  EXPECT_THAT(ledger_.Ask({Register(50)}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shutting down")));
}

TEST_F(SequencerTest, FewRetriesDoNotWaitForManyNorManyForFew) {
  std::vector<Command> many;
  for (uint64_t n = 1; n <= kMaxShortRetries + 1; ++n) many.push_back(Register(n));
  ledger_.Record(many);
  for (const bool bulk : {false, true}) {
    absl::Notification gate;
    WorkerPool& busy = bulk ? ledger_.bulk_workers() : ledger_.workers();
    busy.Run([&] { gate.WaitForNotification(); });
    std::future<Answer> slow = ledger_.Submit(bulk ? WriteRequest{many} : Single(Register(1)));
    std::future<Answer> fast = ledger_.Submit(bulk ? Single(Register(1)) : WriteRequest{many});
    // Passes only when the test fails.
    EXPECT_EQ(fast.wait_for(std::chrono::seconds(60)), std::future_status::ready);
    EXPECT_FALSE(IsReady(slow));
    gate.Notify();
    EXPECT_OK(slow.get());
    EXPECT_OK(fast.get());
  }
}

TEST_F(SequencerTest, AStateThatIsNotTheLogsIsNotStarted) {
  WorkerPool workers(1, 1, 1);
  SequencerOptions options;
  options.log = &log_;
  options.clock = &ledger_.clock();
  options.workers = &workers;
  EXPECT_THAT(Sequencer::Start(std::move(options)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("fold the log's tail")));
}

}  // namespace
}  // namespace bansos::testing
