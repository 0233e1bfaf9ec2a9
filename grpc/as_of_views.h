// AsOfViews: the views as they were after any number of events (DESIGN 5): from the cache, or built
// from the nearest snapshot at or before and folded forward, or from a cached set shortly before
// that nobody reads.
//
// Contract: all questions about one position share one build. A bounded number of builds runs at a
// time and a bounded number waits; a build ends early when all who wait for it have gone. All views
// beside the live ones have one memory budget, and nothing begins that does not fit it. Snapshots
// are made from views of its own too, so that saving never keeps the live ones waiting: the newest
// when it is due, and a ladder over the whole log while there is nothing else to do.
// Threads: any; the builds run on its own. Owner: LedgerParts; log and store outlive it.
#ifndef GRPC_AS_OF_VIEWS_H_
#define GRPC_AS_OF_VIEWS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpc/as_of_cache.h"
#include "grpc/call_life.h"
#include "ledger/log/event_log.h"
#include "projections/fold_run.h"
#include "projections/memory_budget.h"
#include "projections/projector.h"
#include "projections/snapshot_store.h"

namespace bansos {

struct AsOfOptions {
  // A build uses two threads: one decodes while the other applies.
  int builders = 2;
  // Builds that wait or run. At half a second each the last one is ready within a usual deadline.
  size_t max_builds = 32;
  // Kept for the next question.
  size_t max_kept = 8;
  // Of all views that are built, kept, replayed or saved, by estimate.
  uint64_t memory_bytes = kDefaultViewMemoryBytes;
  // How long the log must be quiet before the ladder is filled in; infinite: no snapshots at all.
  absl::Duration quiet = absl::Seconds(5);
  // Events behind the newest snapshot that make another one due; what it costs is added.
  uint64_t events_between_snapshots = kEventsBetweenSnapshots;
  // Told, on a thread of its own, that snapshots can be made and saved, or why not; only changes.
  std::function<void(const absl::Status&)> on_snapshot = nullptr;
};

class AsOfViews {
 public:
  using Lease = AsOfCache::Lease;
  using Ready = std::function<void(absl::StatusOr<Lease>)>;

  // `store` may be null: then every build begins at position 0.
  AsOfViews(const EventLog& log, SnapshotStore* store, AsOfOptions options = {});
  ~AsOfViews();

  // Ends the builds; who waits is told UNAVAILABLE. Idempotent.
  void Stop();

  // A share of the memory budget for another set of views after `size` events. RESOURCE_EXHAUSTED
  // when it does not fit.
  absl::StatusOr<MemoryBudget::Share> TakeShare(uint64_t size) {
    return cache_.TakeShare(EstimatedViewBytes(size));
  }

  // What is kept; null when it must be built.
  Lease Find(uint64_t size) { return cache_.Find(size); }

  // Calls `ready` with the views after `size` events, on the caller or on a builder, so it must be
  // quick; not at all when the call ends before. It holds so many bytes of memory meanwhile.
  // RESOURCE_EXHAUSTED with a retry hint when too many builds or calls wait, or these hold too
  // much. REQUIRES: the log has `size` events.
  void Get(uint64_t size, size_t bytes, CallLife& life, Ready ready);

 private:
  class Queue;
  struct Build;
  struct Waiter;

  void Work();
  absl::StatusOr<Lease> Make(const std::shared_ptr<Build>& build);
  // Saves the newest snapshots when they are due, and fills in the ladder whenever the log is quiet
  // and nobody waits for a build.
  void KeepSnapshots();
  absl::Status SaveNewest(uint64_t size);
  void TellSnapshot(const absl::Status& status);
  // False when the ladder needs no more.
  absl::StatusOr<bool> FillLadder(uint64_t size);
  bool IsQuiet(uint64_t size) const;

  const EventLog& log_;
  SnapshotStore* const store_;
  const AsOfOptions options_;
  AsOfCache cache_;
  const std::shared_ptr<Queue> queue_;  // Shared with calls that stop waiting later.
  absl::Status told_;                   // Of the thread that keeps snapshots.
  std::vector<std::thread> threads_;
};

}  // namespace bansos

#endif  // GRPC_AS_OF_VIEWS_H_
