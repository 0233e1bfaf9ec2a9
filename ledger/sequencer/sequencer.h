// Sequencer: the only writer. One bounded queue, one decider thread, one committer thread (DESIGN
// 4).
//
// The decider takes what waits, decides each command against the state with what it just decided,
// and encodes; the committer appends the whole group as one atomic, synced, anchored commit and
// then answers. Two groups may be in flight. What a caller is told is durable (invariant 1), and a
// retry is answered with the first answer and writes nothing (invariant 5).
//
// Three kinds of failure: a command is refused (its outcome says so, work goes on); the clock is
// wrong (clock_guard.h), and callers get UNAVAILABLE while it is; or the log cannot write, and then
// on_fatal is called once, waiting callers get UNAVAILABLE and nothing more is accepted. Threads:
// Submit is thread-safe; `done` runs once, on a thread of the sequencer or its workers (on the
// caller's when the request is not accepted), and must not block.
#ifndef LEDGER_SEQUENCER_SEQUENCER_H_
#define LEDGER_SEQUENCER_SEQUENCER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/base/clock.h"
#include "ledger/base/ids.h"
#include "ledger/domain/event.h"
#include "ledger/domain/refusal.h"
#include "ledger/domain/state.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/worker_pool.h"

namespace bansos {

// Commands of one request; a message of this size stays well under the 16 MiB message limit.
inline constexpr size_t kMaxRequestCommands = 8192;

struct WriteRequest {
  std::vector<Command> commands;  // At most kMaxRequestCommands; INVALID_ARGUMENT above.
  // All new or all already recorded; a mix or a refusal refuses all. The commands must be of one
  // kind and independent of each other: no subject, business key, slot or account twice.
  bool atomic = false;
  // Decides each command against what is recorded (not against the commands before it) and writes
  // nothing.
  bool dry_run = false;
};

struct CommandOutcome {
  std::optional<Position>
      position;  // Of the fact; absent when refused (and for accepted dry runs).
  bool already_recorded = false;
  std::optional<Refusal> refusal;
  // Of a dry run: the rule by which a report would be held.
  HoldRule would_hold = HoldRule::kUnspecified;
};

struct WriteResult {
  std::vector<CommandOutcome> outcomes;  // One for each command, in order.
  uint64_t log_size = 0;                 // A min_position that sees all of them.
};

// Retries that are resolved in a few milliseconds: as many chains of some tens of events.
inline constexpr size_t kMaxShortRetries = 64;

struct SequencerOptions {
  EventLog* log = nullptr;        // Not owned.
  Clock* clock = nullptr;         // Not owned.
  WorkerPool* workers = nullptr;  // Not owned; resolves retries by walking chains.
  // Not owned; resolves those of a request with many, so that one with few does not wait for them.
  // Null: `workers` does.
  WorkerPool* bulk_workers = nullptr;
  State state;  // Folded up to log->Head().size.
  // Runs on the committer's thread after the waiting callers were answered; may end the process,
  // but must not call Stop.
  std::function<void(absl::Status)> on_fatal;
};

class Sequencer {
 public:
  using Done = std::function<void(absl::StatusOr<WriteResult>)>;

  // Starts the two threads. FAILED_PRECONDITION unless options.state.next is the log's size. Log,
  // clock and workers outlive the sequencer.
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(SequencerOptions options);
  virtual ~Sequencer() = default;  // Finishes what was accepted, then stops.

  // Queues the request. RESOURCE_EXHAUSTED through `done` when the queue is full in commands or
  // bytes (retry later); INVALID_ARGUMENT when the request alone is too large; UNAVAILABLE after a
  // fatal failure or a stop.
  virtual void Submit(WriteRequest request, Done done) = 0;

  // From now on every Submit is refused with `why`; what was accepted is finished. Stop is still to
  // be called.
  virtual void RefuseWrites(absl::Status why) = 0;

  // Stops accepting, finishes, joins the threads and hands the state over (for its snapshot). Every
  // `done` has returned by then. After a fatal failure the state is ahead of the log: throw it away
  // unless state.next is the log's size.
  virtual State Stop() = 0;
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_SEQUENCER_H_
