// FoldRun: brings the views of a ViewSet forward over the log, each from its own snapshot, until
// they stand at one position. Projector runs one for ever; an answer at an older position runs one
// to it.
//
// Contract: every view gets every event from its position on, in order, each once (invariant 2);
// the first error ends the run and leaves the views unusable. Threads: one. Owner: whoever runs it.
#ifndef PROJECTIONS_FOLD_RUN_H_
#define PROJECTIONS_FOLD_RUN_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/domain/event.h"
#include "ledger/log/event_log.h"
#include "projections/snapshot_store.h"
#include "projections/view_set.h"

namespace bansos {

// Readers wait while a batch is applied, so it is a few milliseconds of work. A batch ends with a
// commit: it goes on past this number while the recorded time stays the same.
inline constexpr uint64_t kBatchEvents = 8192;

// Decoded events of whole commits.
struct EventBatch {
  uint64_t first = 0;  // position of events[0]
  std::vector<Event> events = {};
  uint64_t end() const { return first + events.size(); }
};

class FoldRun {
 public:
  // Both outlive the run. REQUIRES: all views are empty, unless ResumeAt follows.
  FoldRun(const EventLog& log, ViewSet& views);

  // Starts each view from its newest usable snapshot of at most `max_size` events.
  void LoadSnapshots(SnapshotStore& store, uint64_t max_size);

  // Goes on from views that have all seen the first `size` events.
  void ResumeAt(uint64_t size);

  // Events that every view has seen.
  uint64_t size() const;
  // True when no view has seen more than that.
  bool aligned() const;

  // The next commits that some view lacks, up to `end`, about `batch_events` of them. DATA_LOSS
  // names the position that cannot be read. REQUIRES: size() < end <= the log's size.
  absl::StatusOr<EventBatch> ReadNext(uint64_t end, uint64_t batch_events) const;

  // Applies what ReadNext gave. An error names position and view.
  absl::Status Apply(const EventBatch& batch);

  // Saves each view that has seen at least `interval` events since it was last saved, and so many
  // more that the cost stays small beside them. UNAVAILABLE and the like are of the store alone.
  absl::Status SaveDue(SnapshotStore& store, uint64_t interval);
  // Saves each view that has seen anything since.
  absl::Status SaveAll(SnapshotStore& store);
  // Saves each view that stands at `size` and was not saved there.
  absl::Status SaveAt(SnapshotStore& store, uint64_t size);

 private:
  struct Track {
    Fold* fold = nullptr;
    uint64_t applied = 0;
    uint64_t saved = 0;        // `applied` of its last snapshot
    uint64_t saved_bytes = 0;  // size of that snapshot
  };

  absl::Status Save(SnapshotStore& store, Track& track);

  const EventLog& log_;
  std::vector<Track> tracks_;
};

// Where the log stands after `size` events. REQUIRES: 0 < size <= the log's size.
absl::StatusOr<SnapshotPoint> PointAt(const EventLog& log, uint64_t size);

// Decoded events from `first` on, up to `end`, about `batch_events` of them and whole commits.
// DATA_LOSS names the position that cannot be read. REQUIRES: first < end <= the log's size.
absl::StatusOr<EventBatch> ReadBatch(const EventLog& log, uint64_t first, uint64_t end,
                                     uint64_t batch_events);

// Asked after each batch; false ends a long fold with CANCELLED.
using KeepGoing = absl::FunctionRef<bool()>;

// Brings the run to `size`; the next batch is decoded while one is applied. Where `store` is given
// and the way leads over a rung of its ladder, the views are saved there; what cannot be saved is
// no error.
absl::Status FoldForward(const EventLog& log, FoldRun& run, SnapshotStore* store, uint64_t size,
                         KeepGoing keep_going);

// Rungs of the ladder of a log of `size` events where some view has no snapshot; 0 and 0: none.
struct LadderGap {
  uint64_t first = 0;
  uint64_t last = 0;
};
LadderGap FindLadderGap(const SnapshotStore& store, const ViewSet& views, uint64_t size);

// Brings empty views to where they were after the first `size` events: nearest snapshot at or
// before, folded forward. `store` may be null: then everything is folded from position 0.
// OUT_OF_RANGE when the log is shorter.
absl::Status BringViewsTo(const EventLog& log, SnapshotStore* store, uint64_t size,
                          KeepGoing keep_going, ViewSet& views);

// The same for the views that every ViewSet has.
absl::StatusOr<std::unique_ptr<ViewSet>> BuildViewsAt(const EventLog& log, SnapshotStore* store,
                                                      uint64_t size, KeepGoing keep_going);

}  // namespace bansos

#endif  // PROJECTIONS_FOLD_RUN_H_
