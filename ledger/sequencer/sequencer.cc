#include "ledger/sequencer/sequencer.h"

#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/sequencer/clock_guard.h"
#include "ledger/sequencer/commit_group.h"
#include "ledger/sequencer/decider.h"
#include "ledger/sequencer/group_handover.h"
#include "ledger/sequencer/retry_resolver.h"
#include "ledger/sequencer/write_queue.h"

namespace bansos {
namespace {

// A group with so many bytes takes no further request.
constexpr size_t kFullGroupBytes = 64 * 1024 * 1024;

// The last request of a group adds its own bytes and at most as many again by what Decide fills in
// (truth values: one byte for each criterion of a rule set, which is itself one entry).
static_assert(kFullGroupBytes + 2 * kMaxRequestBytes <= kMaxCommitBytes);
static_assert(kMaxRequestCommands * kMaxEntryBytes / 8 <= kMaxRequestBytes);
static_assert(kMaxRequestCommands <= kMaxCommitEntries);

absl::Status Stopped(const absl::Status& cause) {
  return absl::UnavailableError(
      absl::StrCat("the ledger stopped: ", cause.ToString(), "; retry is safe"));
}

// The sequencer on two threads: DecideLoop -> GroupHandover -> CommitLoop.
class ThreadedSequencer final : public Sequencer {
 public:
  explicit ThreadedSequencer(SequencerOptions options)
      : log_(*options.log),
        clock_(*options.clock),
        workers_(*options.workers),
        bulk_workers_(options.bulk_workers == nullptr ? workers_ : *options.bulk_workers),
        on_fatal_(std::move(options.on_fatal)),
        decider_(std::move(options.state)),
        committer_thread_([this] { CommitLoop(); }),
        decider_thread_([this] { DecideLoop(); }) {}

  ~ThreadedSequencer() override { Stop(); }

  void Submit(WriteRequest request, Done done) override {
    PendingRequest pending{std::move(request), std::move(done), {}};
    absl::Status accepted = queue_.Offer(pending);
    if (!accepted.ok()) pending.done(std::move(accepted));
  }

  void RefuseWrites(absl::Status why) override { queue_.Close(std::move(why)); }

  State Stop() override {
    queue_.Close(absl::UnavailableError("the ledger is shutting down; retry is safe"));
    if (decider_thread_.joinable()) decider_thread_.join();
    if (committer_thread_.joinable()) committer_thread_.join();
    queue_.AwaitAllAnswered();
    return decider_.TakeState();
  }

 private:
  // ---- The decider's thread ----

  void DecideLoop() {
    while (true) {
      // Nothing is taken before it can be handed over: what comes meanwhile joins the same commit.
      handover_.AwaitFree();
      const size_t waiting = queue_.AwaitWaiting();
      if (waiting == 0) break;
      handover_.Put(DecideGroup(waiting));
    }
    handover_.Finish();
  }

  // Takes what waits now and no more, so that a commit starts however fast requests come.
  CommitGroup DecideGroup(size_t waiting) {
    const absl::StatusOr<int64_t> now_us = clock_.Now(decider_.last_time_us());
    if (!now_us.ok()) {
      RefuseWaiting(waiting, now_us.status());
      return decider_.Begin(decider_.last_time_us());  // an empty group: nothing is written
    }
    CommitGroup group = decider_.Begin(*now_us);
    for (; waiting > 0 && group.entry_bytes < kFullGroupBytes; --waiting) {
      std::optional<PendingRequest> next = queue_.Take(kMaxCommitEntries - group.commands);
      if (!next) break;
      decider_.Decide(*std::move(next), group);
    }
    return group;
  }

  void RefuseWaiting(size_t waiting, const absl::Status& status) {
    for (; waiting > 0; --waiting) {
      std::optional<PendingRequest> next = queue_.Take(kMaxRequestCommands);
      if (!next) break;
      queue_.Answer(*std::move(next), status);
    }
  }

  // ---- The committer's thread ----

  void CommitLoop() {
    absl::Status written;
    while (std::optional<CommitGroup> group = handover_.Take()) {
      if (!written.ok()) {
        Refuse(*std::move(group), Stopped(written));
      } else if (written = Write(*group); written.ok()) {
        Answer(*std::move(group));
      } else {
        StopForGood(*std::move(group), written);
      }
    }
  }

  absl::Status Write(const CommitGroup& group) {
    if (group.entries.empty()) return absl::OkStatus();  // What it refers to is durable before it.
    ASSIGN_OR_RETURN(const LogHead head,
                     log_.Append(group.first.value(), group.time_us, group.entries));
    CHECK(head.size == group.first.value() + group.entries.size()) << head.size;
    return absl::OkStatus();
  }

  // Invariant 1: called only when all entries of the group are durable.
  void Answer(CommitGroup group) {
    const uint64_t log_size = group.first.value() + group.entries.size();
    for (DecidedRequest& decided : group.requests) {
      decided.result.log_size = log_size;
      if (decided.retries.empty()) {
        queue_.Answer(std::move(decided.pending), std::move(decided.result));
      } else {
        ResolveOnWorker(std::make_shared<DecidedRequest>(std::move(decided)));
      }
    }
  }

  // Bounded by what is accepted and unanswered (WriteQueue).
  void ResolveOnWorker(std::shared_ptr<DecidedRequest> decided) {
    const bool many = decided->retries.size() > kMaxShortRetries;
    (many ? bulk_workers_ : workers_).Run([this, decided = std::move(decided)] {
      absl::Status resolved = ResolveRetries(log_, *decided);
      absl::StatusOr<WriteResult> result = std::move(decided->result);
      if (!resolved.ok()) result = std::move(resolved);
      queue_.Answer(std::move(decided->pending), std::move(result));
    });
  }

  // The outcome of the group's commit is unknown until the next start.
  void StopForGood(CommitGroup group, const absl::Status& cause) {
    queue_.Close(Stopped(cause));
    Refuse(std::move(group), Stopped(cause));
    while (std::optional<PendingRequest> waiting = queue_.Take(kMaxRequestCommands)) {
      queue_.Answer(*std::move(waiting), Stopped(cause));
    }
    if (on_fatal_) on_fatal_(cause);
  }

  void Refuse(CommitGroup group, const absl::Status& status) {
    for (DecidedRequest& decided : group.requests) {
      queue_.Answer(std::move(decided.pending), status);
    }
  }

  EventLog& log_;
  const ClockGuard clock_;
  WorkerPool& workers_;
  WorkerPool& bulk_workers_;
  const std::function<void(absl::Status)> on_fatal_;

  WriteQueue queue_;
  GroupHandover handover_;
  Decider decider_;  // Used by the decider's thread alone until it is joined.

  std::thread committer_thread_;
  std::thread decider_thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Sequencer>> Sequencer::Start(SequencerOptions options) {
  CHECK(options.log != nullptr && options.clock != nullptr && options.workers != nullptr);
  const LogHead head = options.log->Head();
  if (options.state.next.value() != head.size || options.state.last_time_us != head.last_time_us) {
    return absl::FailedPreconditionError(
        absl::StrCat("the state is folded up to position ", options.state.next.value(),
                     " and time ", options.state.last_time_us, " us, but the log ends at ",
                     head.size, " and ", head.last_time_us, " us: fold the log's tail first"));
  }
  return std::make_unique<ThreadedSequencer>(std::move(options));
}

}  // namespace bansos
