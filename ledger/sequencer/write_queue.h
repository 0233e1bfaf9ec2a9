// WriteQueue: the requests that wait for the decider, first come, first served, and the count of
// all that was accepted and is not answered yet.
//
// Invariant 9: what is accepted and unanswered, waiting or in flight, never passes
// kMaxOpenCommands and kMaxOpenBytes, so that a full disk or a slow reader cannot fill the memory.
// Threads: any; the sequencer's decider alone takes.
#ifndef LEDGER_SEQUENCER_WRITE_QUEUE_H_
#define LEDGER_SEQUENCER_WRITE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/log/event_log.h"
#include "ledger/sequencer/sequencer.h"

namespace bansos {

// Two commits in flight and two more that wait: enough to keep the disk busy, and a caller that
// waits longer than that is better told to come back.
inline constexpr size_t kMaxOpenCommands = 4 * kMaxCommitEntries;

// As much as one commit may hold at most; real commands take some 200 bytes.
inline constexpr size_t kMaxOpenBytes = kMaxCommitBytes;

// A message of the API has at most 16 MiB; the estimate counts fields at their longest.
inline constexpr size_t kMaxRequestBytes = size_t{64} * 1024 * 1024;

struct RequestCost {
  size_t commands = 0;
  size_t bytes = 0;
};

// An accepted request on its way to its answer.
struct PendingRequest {
  WriteRequest request;
  Sequencer::Done done;
  RequestCost cost;
};

class WriteQueue {
 public:
  // most_open: what may be accepted and unanswered at one time.
  explicit WriteQueue(RequestCost most_open = {kMaxOpenCommands, kMaxOpenBytes})
      : most_open_(most_open) {}

  // Takes `pending` over, or leaves it alone and says why not: INVALID_ARGUMENT for a request above
  // the limits, RESOURCE_EXHAUSTED while the queue is full, else the status of Close.
  absl::Status Offer(PendingRequest& pending);

  // Blocks until something waits (how many requests), or the queue is closed and empty (0).
  size_t AwaitWaiting();

  // The first request that waits, if it has at most max_commands.
  std::optional<PendingRequest> Take(size_t max_commands);

  // Calls `done` of a request that was taken, after making room for others, so that it may submit
  // the next one.
  void Answer(PendingRequest request, absl::StatusOr<WriteResult> result);

  // From now on every Offer gets `status`. What waits may still be taken. The first status stands.
  void Close(absl::Status status);

  // Blocks until the `done` of everything accepted has returned. REQUIRES: closed.
  void AwaitAllAnswered();

 private:
  const RequestCost most_open_;
  absl::Mutex mutex_;
  std::deque<PendingRequest> waiting_ ABSL_GUARDED_BY(mutex_);
  RequestCost open_ ABSL_GUARDED_BY(mutex_);
  size_t unanswered_ ABSL_GUARDED_BY(mutex_) = 0;  // Requests.
  absl::Status closed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // LEDGER_SEQUENCER_WRITE_QUEUE_H_
