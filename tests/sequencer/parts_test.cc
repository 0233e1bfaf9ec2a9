// The parts of the sequencer by themselves: queue, worker pool, sizes, chain walks, start-up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "ledger/domain/decide.h"
#include "ledger/domain/key.h"
#include "ledger/event/codec.h"
#include "ledger/log/memory_log.h"
#include "ledger/sequencer/command_size.h"
#include "ledger/sequencer/retry_resolver.h"
#include "ledger/sequencer/start_up.h"
#include "ledger/sequencer/worker_pool.h"
#include "ledger/sequencer/write_queue.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// ---- WriteQueue ----

PendingRequest Pending(std::vector<Command> commands, int* answered = nullptr) {
  return {{std::move(commands)},
          [answered](Answer) {
            if (answered != nullptr) ++*answered;
          },
          {}};
}

Command Sized(size_t bytes) {
  Command command = Register(1);
  std::get<RecipientRegistered>(std::get<EventBody>(command.body)).sealed_identity =
      std::string(bytes, 'x');
  return command;
}

TEST(WriteQueueTest, IsBoundedInCommandsUntilTheAnswer) {
  WriteQueue queue({4, kMaxOpenBytes});
  int answered = 0;
  PendingRequest first = Pending({Register(1), Register(2)}, &answered);
  PendingRequest second = Pending({});  // Counts as one.
  PendingRequest third = Pending({Register(3), Register(4)});
  ASSERT_OK(queue.Offer(first));
  ASSERT_OK(queue.Offer(second));
  EXPECT_THAT(queue.Offer(third),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("try again later")));

  std::optional<PendingRequest> taken = queue.Take(kMaxRequestCommands);
  ASSERT_TRUE(taken.has_value());
  EXPECT_THAT(queue.Offer(third), StatusIs(absl::StatusCode::kResourceExhausted));
  queue.Answer(*std::move(taken), WriteResult());
  EXPECT_EQ(answered, 1);
  EXPECT_OK(queue.Offer(third));
}

TEST(WriteQueueTest, IsBoundedInBytes) {
  WriteQueue queue({kMaxOpenCommands, 4000});
  PendingRequest first = Pending({Sized(2000)}), second = Pending({Sized(2000)});
  EXPECT_OK(queue.Offer(first));
  EXPECT_THAT(queue.Offer(second), StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(WriteQueueTest, ARequestThatNeverFitsIsInvalid) {
  WriteQueue queue;
  PendingRequest large = Pending({Sized(kMaxRequestBytes)});
  EXPECT_THAT(queue.Offer(large), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(WriteQueueTest, TakesOnlyWhatHasRoom) {
  WriteQueue queue;
  PendingRequest two = Pending({Register(1), Register(2)});
  ASSERT_OK(queue.Offer(two));
  EXPECT_FALSE(queue.Take(1).has_value());
  EXPECT_TRUE(queue.Take(2).has_value());
  EXPECT_FALSE(queue.Take(2).has_value());
}

TEST(WriteQueueTest, AfterCloseWhatWaitsMayStillBeTaken) {
  WriteQueue queue;
  PendingRequest first = Pending({Register(1)}), second = Pending({Register(2)});
  ASSERT_OK(queue.Offer(first));
  queue.Close(absl::UnavailableError("stopped"));
  queue.Close(absl::UnavailableError("stopped again"));
  EXPECT_THAT(queue.Offer(second), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("stopped")));
  EXPECT_EQ(queue.AwaitWaiting(), 1u);
  queue.Answer(*queue.Take(1), absl::UnavailableError("stopped"));
  EXPECT_EQ(queue.AwaitWaiting(), 0u);
  queue.AwaitAllAnswered();
}

// ---- WorkerPool ----

constexpr size_t kPlenty = 1 << 20;

TEST(WorkerPoolTest, RefusesWhatItCannotHoldAndFinishesTheRest) {
  std::atomic<int> ran = 0;
  {
    absl::Notification started, go_on;
    WorkerPool pool(1, 2, kPlenty);
    ASSERT_TRUE(pool.TryRun(1, [&] {
      started.Notify();
      go_on.WaitForNotification();
      ++ran;
    }));
    started.WaitForNotification();
    EXPECT_TRUE(pool.TryRun(1, [&] { ++ran; }));
    EXPECT_TRUE(pool.TryRun(1, [&] { ++ran; }));
    EXPECT_FALSE(pool.TryRun(1, [&] { ++ran; }));
    pool.Run([&] { ++ran; });  // Accepted work is never refused.
    go_on.Notify();
  }
  EXPECT_EQ(ran, 4);
}

TEST(WorkerPoolTest, ThreadsWorkAtTheSameTime) {
  absl::Notification there[3];
  WorkerPool pool(3, 3, kPlenty);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool.TryRun(1, [&, i] {
      there[i].Notify();
      for (absl::Notification& other : there) other.WaitForNotification();
    }));
  }
}

TEST(WorkerPoolTest, TakesNoMoreBytesThanItMayHold) {
  absl::Notification gate;
  absl::Notification done;
  WorkerPool pool(1, 10, 100);
  ASSERT_TRUE(pool.TryRun(60, [&] { gate.WaitForNotification(); }));
  EXPECT_FALSE(pool.TryRun(41, [] {}));  // What runs is held as well as what waits.
  EXPECT_TRUE(pool.TryRun(40, [&] { done.Notify(); }));
  EXPECT_FALSE(pool.TryRun(1, [] {}));
  pool.Run([] {});  // Accepted work is never refused.
  gate.Notify();
  done.WaitForNotification();
  while (!pool.TryRun(100, [] {})) std::this_thread::yield();
}

// ---- EstimateBytes ----

TEST(CommandSizeTest, IsNeverBelowTheEntry) {
  std::vector<Command> commands = FoundLedger();
  for (const Command& command : Entitle(1)) commands.push_back(command);
  commands.push_back(Instruct(1));
  for (const Command& command : commands) {
    const std::string entry = EncodeEvent(AsStated(command, nullptr));
    EXPECT_GE(EstimateBytes(command), entry.size()) << entry;
    EXPECT_LE(EstimateBytes(command), 20 * entry.size() + 500) << entry;
  }
  const Command report = ReportReturned(1, Position(1), 1, ReturnReason::kAC01);
  for (const EventBody& like :
       {EventBody(TransferSettled()), EventBody(TransferReturned()), EventBody(ReportHeld())}) {
    EXPECT_GE(EstimateBytes(report), EncodeEvent(AsStated(report, &like)).size());
  }
}

// ---- ResolveRetries ----

// One retry of `command` that walks from `from`.
DecidedRequest RetryOf(Command command, Position from) {
  DecidedRequest decided;
  decided.pending.request.commands = {std::move(command)};
  decided.result.outcomes.resize(1);
  decided.retries = {{0, from}};
  return decided;
}

class RetryResolverTest : public ::testing::Test {
 protected:
  RetryResolverTest() {
    RunningLedger ledger(log_);
    ledger.Record(FoundLedger());
    ledger.Record({Register(1), Register(2), AssignPayee(1), AssignPayee(2), Propose(1)});
  }
  void Append(const std::string& entry) {
    const std::vector<std::string> entries = {entry};
    ASSERT_OK(log_.Append(log_.Head().size, log_.Head().last_time_us, entries));
  }
  MemoryLog log_;
};

TEST_F(RetryResolverTest, WalksBackToTheFact) {
  DecidedRequest decided = RetryOf(Register(1), Position(10));
  ASSERT_OK(ResolveRetries(log_, decided));
  EXPECT_THAT(Words(decided.result), ElementsAre("6*"));
}

TEST_F(RetryResolverTest, AChainWithoutTheFactIsDataLoss) {
  DecidedRequest decided = RetryOf(Propose(2), Position(9));
  EXPECT_THAT(ResolveRetries(log_, decided),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends at position 7")));
}

TEST_F(RetryResolverTest, AChainThatLeadsOutOfTheLogIsDataLoss) {
  Event event = AsStated(AssignPayee(3), nullptr);
  event.envelope.back = 100;
  Append(EncodeEvent(event));
  DecidedRequest before_start = RetryOf(Register(3), Position(11));
  EXPECT_THAT(ResolveRetries(log_, before_start), StatusIs(absl::StatusCode::kDataLoss));
  DecidedRequest after_end = RetryOf(Register(3), Position(12));
  EXPECT_THAT(ResolveRetries(log_, after_end), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RetryResolverTest, ADamagedEntryIsDataLossWithItsPosition) {
  Append("garbage");
  DecidedRequest decided = RetryOf(Register(1), Position(11));
  EXPECT_THAT(ResolveRetries(log_, decided),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 11")));
}

// ---- FoldState ----

class StartUpTest : public ::testing::Test {
 protected:
  StartUpTest() {
    RunningLedger ledger(log_);
    ledger.Record(FoundLedger());
    ledger.Record(Entitle(1));
  }
  MemoryLog log_;
};

TEST_F(StartUpTest, FoldsTheTailOfASnapshot) {
  State snapshot;
  const std::vector<Event> events = EventsOf(log_);
  for (size_t i = 0; i < 8; ++i) ASSERT_OK(Evolve(snapshot, events[i]));
  std::vector<uint64_t> reports;
  ASSERT_OK_AND_ASSIGN(const State state,
                       FoldState(log_, std::move(snapshot), [&](uint64_t folded, uint64_t size) {
                         EXPECT_EQ(size, 11u);
                         reports.push_back(folded);
                         return true;
                       }));
  EXPECT_EQ(state.next, Position(11));
  EXPECT_EQ(state.last_time_us, kTestTimeUs);
  EXPECT_EQ(state.programs[0].running_entitlements, 1u);
  EXPECT_THAT(reports, ElementsAre(11));
}

TEST_F(StartUpTest, AFoldThatIsNotWantedAnyMoreEnds) {
  EXPECT_THAT(FoldState(log_, State(), [](uint64_t, uint64_t) { return false; }),
              StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(StartUpTest, ASnapshotAheadOfTheLogIsRefused) {
  State state;
  state.next = Position(12);
  EXPECT_THAT(FoldState(log_, std::move(state), nullptr),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr("12"), HasSubstr("11"))));
}

TEST_F(StartUpTest, ADamagedEntryIsNamed) {
  const std::vector<std::string> entries = {"garbage"};
  ASSERT_OK(log_.Append(11, kTestTimeUs, entries));
  EXPECT_THAT(FoldState(log_, State(), nullptr),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 11")));
}

TEST_F(StartUpTest, AnEventThatCannotStandThereIsNamed) {
  const std::vector<std::string> entries = {EncodeEvent(AsStated(Die(5), nullptr))};
  ASSERT_OK(log_.Append(11, kTestTimeUs, entries));
  EXPECT_THAT(FoldState(log_, State(), nullptr),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 11")));
}

}  // namespace
}  // namespace bansos::testing
