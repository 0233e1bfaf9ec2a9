// RunningLedger: a sequencer over a log, with a clock that stands still, for tests. Ask waits for
// the answer; Restart folds the log anew as a fresh process would.
#ifndef TESTS_SEQUENCER_RUNNING_LEDGER_H_
#define TESTS_SEQUENCER_RUNNING_LEDGER_H_

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/base/clock.h"
#include "ledger/domain/event.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/sequencer/worker_pool.h"
#include "tests/support/commands.h"

namespace bansos::testing {

using Answer = absl::StatusOr<WriteResult>;

class RunningLedger {
 public:
  // Starts at once, over what the log holds.
  explicit RunningLedger(EventLog& log);
  ~RunningLedger();

  std::future<Answer> Submit(WriteRequest request);
  Answer Ask(WriteRequest request) { return Submit(std::move(request)).get(); }
  Answer Ask(std::vector<Command> commands) { return Ask(WriteRequest{std::move(commands)}); }
  Answer AskAtomic(std::vector<Command> commands) {
    return Ask(WriteRequest{std::move(commands), /*atomic=*/true});
  }
  Answer AskDry(std::vector<Command> commands) {
    return Ask(WriteRequest{std::move(commands), /*atomic=*/false, /*dry_run=*/true});
  }

  // Each command must be recorded anew.
  std::vector<Position> Record(std::vector<Command> commands);

  State Stop() { return sequencer_->Stop(); }
  // Forgets all but the log.
  void Restart();

  Sequencer& sequencer() { return *sequencer_; }
  ManualClock& clock() { return clock_; }
  // Each of one thread: of requests with few retries, and with many.
  WorkerPool& workers() { return workers_; }
  WorkerPool& bulk_workers() { return bulk_workers_; }
  // What on_fatal was given so far.
  std::vector<absl::Status> fatal() const;

 private:
  void Start();

  EventLog& log_;
  ManualClock clock_{kTestTimeUs};
  WorkerPool workers_{1, 16, size_t{1} << 20};
  WorkerPool bulk_workers_{1, 16, size_t{1} << 20};
  mutable absl::Mutex mutex_;
  std::vector<absl::Status> fatal_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Sequencer> sequencer_;
};

// All events of the log, decoded.
std::vector<Event> EventsOf(const EventLog& log);

// All entries of the log.
std::vector<std::string> EntriesOf(const EventLog& log);

// "1*" for a fact recorded before, "2" for a new one, "-" for an accepted dry run, or the name of
// the refusal; one word for each command.
std::vector<std::string> Words(const Answer& answer);

}  // namespace bansos::testing

#endif  // TESTS_SEQUENCER_RUNNING_LEDGER_H_
