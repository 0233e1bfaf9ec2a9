// Projector: the one thread that tails the log and keeps the live views up to date.
//
// Contract: each commit becomes visible as a whole; no event is skipped. When an event cannot be
// decoded or applied it stops for good: status() and every Read say why. Snapshots that cannot be
// saved are told to on_snapshot_error and cost only a longer next start.
// Threads: public functions from any thread; readers share a lock that the thread takes for a batch
// at a time. Owner: main(); log, store and views outlive it.
#ifndef PROJECTIONS_PROJECTOR_H_
#define PROJECTIONS_PROJECTOR_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "ledger/log/event_log.h"
#include "projections/digest_board.h"
#include "projections/fold_run.h"
#include "projections/position_waiters.h"
#include "projections/snapshot_store.h"
#include "projections/view_set.h"

namespace bansos {

// At the expected few hundred thousand events a second a start folds about a second's worth.
inline constexpr uint64_t kEventsBetweenSnapshots = 262'144;

struct ProjectorOptions {
  uint64_t batch_events = kBatchEvents;
  uint64_t events_between_snapshots = kEventsBetweenSnapshots;
  // False: once caught up, snapshots are saved only by Stop, because a save is not given up and
  // readers would wait for what is not folded meanwhile; somebody else makes them (AsOfViews).
  bool saves_while_tailing = true;
  // Called on the projector's thread after each batch until the views first reach the end of the
  // log.
  std::function<void(uint64_t size, uint64_t log_size)> on_progress = nullptr;
  std::function<void(const absl::Status&)> on_snapshot_error = nullptr;
  // Called once on the projector's thread when it stops by an error, before those who wait for a
  // position are told.
  std::function<void(const absl::Status&)> on_failure = nullptr;
  // How long the log must be quiet before digests are made that nobody asked for.
  absl::Duration digest_quiet = absl::Seconds(1);
};

class Projector {
 public:
  // REQUIRES: the views are empty. Nothing runs before Start.
  Projector(EventLog& log, SnapshotStore& store, ViewSet& views, ProjectorOptions options);
  ~Projector();

  // Starts the thread: loads snapshots, rebuilds what has none, then tails. REQUIRES: called once.
  void Start();

  // Ends after the batch at hand, saves snapshots (all of them, however long it takes) and runs
  // every parked callback. Idempotent.
  void Stop();

  // OK until the projector stops by an error.
  absl::Status status() const ABSL_LOCKS_EXCLUDED(views_mutex_);

  // True from when the views first reached the end of the log, unless it stopped by an error.
  bool caught_up() const { return caught_up_.load(); }

  ProjectionHead Head() const ABSL_LOCKS_EXCLUDED(views_mutex_);

  // Runs `read` with the views of one position, which stay as they are until it returns; it must be
  // quick. UNAVAILABLE while views are still being rebuilt; status() after an error.
  absl::Status Read(absl::FunctionRef<void(const ViewSet&, const ProjectionHead&)> read) const
      ABSL_LOCKS_EXCLUDED(views_mutex_);

  // Runs `callback` once, as soon as Read sees at least `size` events, or when the projector stops
  // (so look at what Read says): at once on the caller if so already, else on the projector's
  // thread, so it must be quick.
  void CallAtPosition(uint64_t size, std::function<void()> callback) {
    waiters_.CallAt(size, std::move(callback));
  }

  // The newest digests of all views at one position (invariant 6); none before the first. They are
  // made while the log is quiet, and given up within milliseconds when it grows, so that nobody
  // waits for them.
  std::optional<ViewDigests> NewestDigests() const { return digests_.Newest(); }

  // Runs `callback` once, when there are digests at `size` or beyond, or when the log has long left
  // no time to make them, or the projector stopped (so look at what there is): at once on the
  // caller if so already, else on the projector's thread, so it must be quick.
  void CallAtDigests(uint64_t size, std::function<void()> callback);

 private:
  // Shared with callbacks that may wait in the log longer than the projector lives.
  struct Bell {
    absl::Mutex mutex;
    bool rung ABSL_GUARDED_BY(mutex) = false;
    bool digests_wanted ABSL_GUARDED_BY(mutex) = false;
    bool stopping ABSL_GUARDED_BY(mutex) = false;
  };

  void Run();
  absl::Status LoadViews();
  // Applies the next commits up to `end` and shows them to readers.
  absl::Status CatchUp(uint64_t end);
  // Makes digests of the views as they stand; gives up within milliseconds when the log grows.
  void MakeDigests();
  void Fail(absl::Status status);
  void TellSaved(const absl::Status& status) const;
  // Returns when the log holds more than `size` events, digests are to be made, or Stop was called.
  void WaitBeyond(uint64_t size);
  bool stopping() const;

  EventLog& log_;
  SnapshotStore& store_;
  ViewSet& views_;
  const ProjectorOptions options_;
  FoldRun run_;  // the projector's thread only
  const std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  PositionWaiters waiters_;
  DigestBoard digests_;
  bool digests_due_ = false;  // the projector's thread only
  std::atomic<bool> caught_up_ = false;

  mutable absl::Mutex views_mutex_;  // also guards what views_ refers to
  ProjectionHead head_ ABSL_GUARDED_BY(views_mutex_);
  bool readable_ ABSL_GUARDED_BY(views_mutex_) = false;
  absl::Status failure_ ABSL_GUARDED_BY(views_mutex_);

  std::thread thread_;
};

}  // namespace bansos

#endif  // PROJECTIONS_PROJECTOR_H_
