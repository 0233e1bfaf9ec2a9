// Many callers at once with overlapping random facts, restarts in between: in the end each key is
// in the log once, every caller was told the position where its fact stands, and the state that the
// sequencer hands over is the one that the log says. Prints its seed; BANSOS_SEED repeats a run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <iostream>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "ledger/base/check.h"
#include "ledger/domain/key.h"
#include "ledger/log/memory_log.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/sequencer/start_up.h"
#include "tests/log/scratch_directory.h"
#include "tests/sequencer/running_ledger.h"
#include "tests/support/commands.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

constexpr int kCallers = 4;
constexpr int kRequestsOfACaller = 40;
constexpr int kRestarts = 2;
constexpr uint64_t kRecipients = 60;  // Few, so that callers meet.

uint64_t Seed() {
  uint64_t seed = std::random_device()();
  const char* given = std::getenv("BANSOS_SEED");
  CHECK(given == nullptr || absl::SimpleAtoi(given, &seed)) << given;
  std::cout << "BANSOS_SEED=" << seed << std::endl;
  return seed;
}

// What callers were told, by business key.
class Told {
 public:
  void Add(const Command& command, const CommandOutcome& outcome) {
    if (!outcome.position) return;
    const std::string key = BusinessKey(AsStated(command, nullptr));
    absl::MutexLock lock(&mutex_);
    if (!outcome.already_recorded) ++first_answers_[key];
    const auto [it, is_new] = position_.try_emplace(key, *outcome.position);
    EXPECT_EQ(it->second, *outcome.position) << key;
  }
  const std::map<std::string, Position>& positions() const { return position_; }
  // How often a key was said to be new.
  const std::map<std::string, int>& first_answers() const { return first_answers_; }

 private:
  absl::Mutex mutex_;
  std::map<std::string, Position> position_;
  std::map<std::string, int> first_answers_;
};

Command RandomCommand(std::mt19937_64& random) {
  const uint64_t recipient = 1 + random() % kRecipients;
  const auto slot = static_cast<uint32_t>(recipient);
  switch (random() % 8) {
    case 0:
      return AssignPayee(recipient, absl::StrCat(1 + random() % 2));
    case 1:
      return Propose(recipient);
    case 2:
      return DecideEligible(recipient);
    case 3:
      return Decree(recipient, slot);
    case 4:
      return Instruct(recipient, 1 + random() % 2);
    case 5:
      return random() % 8 == 0 ? Withdraw(recipient) : Instruct(recipient);
    default:
      return Register(recipient);
  }
}

WriteRequest RandomRequest(std::mt19937_64& random) {
  WriteRequest request;
  request.atomic = random() % 4 == 0;
  request.dry_run = random() % 8 == 0;
  const uint64_t size = 1 + random() % 12;
  for (uint64_t i = 0; i < size; ++i) {
    // Atomic requests are of one kind, or they would all be refused.
    request.commands.push_back(request.atomic ? Register(1 + random() % kRecipients)
                                              : RandomCommand(random));
  }
  return request;
}

void Hear(const WriteRequest& asked, const Answer& answer, Told& told) {
  ASSERT_OK(answer);
  ASSERT_EQ(answer->outcomes.size(), asked.commands.size());
  if (asked.dry_run) return;
  for (size_t i = 0; i < asked.commands.size(); ++i) {
    told.Add(asked.commands[i], answer->outcomes[i]);
  }
}

void Call(RunningLedger& ledger, uint64_t seed, Told& told) {
  std::mt19937_64 random(seed);
  std::vector<std::pair<WriteRequest, std::future<Answer>>> open;
  for (int i = 0; i < kRequestsOfACaller; ++i) {
    const WriteRequest request = RandomRequest(random);
    open.emplace_back(request, ledger.Submit(request));
    if (random() % 3 != 0) continue;  // Several in flight.
    for (auto& [asked, future] : open) Hear(asked, future.get(), told);
    open.clear();
  }
  for (auto& [asked, future] : open) Hear(asked, future.get(), told);
}

// The log holds each key once, and what callers were told is where it stands.
void CheckLog(const EventLog& log, size_t founding, const Told& told) {
  std::map<std::string, Position> in_log;
  const std::vector<Event> events = EventsOf(log);
  for (size_t i = founding; i < events.size(); ++i) {
    const std::string key = BusinessKey(events[i]);
    EXPECT_TRUE(in_log.emplace(key, Position(i)).second) << key << " twice, at " << i;
  }
  EXPECT_EQ(in_log, told.positions());
  for (const auto& [key, times] : told.first_answers()) EXPECT_EQ(times, 1) << key;
}

void CheckState(const State& handed_over, const EventLog& log) {
  ASSERT_OK_AND_ASSIGN(const State folded, FoldState(log, State(), nullptr));
  EXPECT_EQ(handed_over.next, folded.next);
  EXPECT_EQ(handed_over.last_time_us, folded.last_time_us);
  EXPECT_EQ(handed_over.payments.size(), folded.payments.size());
  EXPECT_EQ(handed_over.programs[0].buckets, folded.programs[0].buckets);
  EXPECT_EQ(handed_over.programs[0].running_entitlements, folded.programs[0].running_entitlements);
  EXPECT_EQ(handed_over.keys.size(), folded.keys.size());
  EXPECT_EQ(handed_over.recipients.size(), folded.recipients.size());
  folded.recipients.ForEach([&](RecipientNumber number, const RecipientState& recipient) {
    const RecipientState* other = handed_over.FindRecipient(number);
    ASSERT_NE(other, nullptr) << number.value();
    EXPECT_EQ(other->last, recipient.last) << number.value();
    EXPECT_EQ(other->fact_version, recipient.fact_version) << number.value();
  });
}

void RunCallers(EventLog& log, uint64_t seed) {
  RunningLedger ledger(log);
  std::vector<Command> founding = FoundLedger();
  founding.push_back(DraftBatch());
  founding.push_back(DraftBatch(1, 2));
  ledger.Record(founding);
  Told told;
  for (int start = 0; start <= kRestarts; ++start) {
    if (start > 0) ledger.Restart();
    std::vector<std::thread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&, i] { Call(ledger, seed + start * kCallers + i, told); });
    }
    for (std::thread& caller : callers) caller.join();
  }
  CheckLog(log, founding.size(), told);
  CheckState(ledger.Stop(), log);
}

TEST(ConcurrencyTest, EachKeyOnceInMemory) {
  MemoryLog log;
  RunCallers(log, Seed());
}

TEST(ConcurrencyTest, EachKeyOnceOnDisk) {
  ScratchDirectory scratch;
  RocksDbLogOptions options;
  options.directory = scratch.path() + "/log";
  options.anchor_path = scratch.path() + "/anchor";
  options.create_if_missing = true;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RocksDbLog> log, RocksDbLog::Open(options));
  RunCallers(*log, Seed());
}

}  // namespace
}  // namespace bansos::testing
