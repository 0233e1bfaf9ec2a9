#include "projections/fold_run.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {
namespace {

// A snapshot is worth its writing after one event for each so many of its bytes: about what an
// event costs the log itself.
constexpr uint64_t kSnapshotBytesPerEvent = 128;

absl::Status AtPosition(uint64_t position, std::string_view what, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat("position ", position, ", ",
                                                  absl::string_view(what.data(), what.size()), ": ",
                                                  status.message()));
}

}  // namespace

FoldRun::FoldRun(const EventLog& log, ViewSet& views) : log_(log) {
  for (const auto& fold : views.folds()) tracks_.push_back({.fold = fold.get()});
  CHECK(!tracks_.empty());
}

void FoldRun::LoadSnapshots(SnapshotStore& store, uint64_t max_size) {
  const auto belongs = [this](const SnapshotPoint& point) {
    if (point.size == 0) return false;
    const absl::StatusOr<SnapshotPoint> here = PointAt(log_, point.size);
    return here.ok() && here->last_entry == point.last_entry;
  };
  for (Track& track : tracks_) {
    const std::optional<SnapshotPoint> point = store.LoadNewest(*track.fold, max_size, belongs);
    track.applied = track.saved = point.has_value() ? point->size : 0;
  }
}

uint64_t FoldRun::size() const {
  const auto less = [](const Track& a, const Track& b) { return a.applied < b.applied; };
  return std::min_element(tracks_.begin(), tracks_.end(), less)->applied;
}

bool FoldRun::aligned() const {
  return std::all_of(tracks_.begin(), tracks_.end(),
                     [&](const Track& track) { return track.applied == tracks_[0].applied; });
}

absl::StatusOr<EventBatch> FoldRun::ReadNext(uint64_t end, uint64_t batch_events) const {
  EventBatch batch{.first = size()};
  CHECK(batch.first < end) << batch.first << ' ' << end;
  absl::Status status;
  const auto take = [&](Position position, std::string_view entry) {
    absl::StatusOr<Event> event = DecodeEvent(entry);
    if (!event.ok()) {
      status = AtPosition(position.value(), "decoding", event.status());
      return false;
    }
    // A commit has one recorded time, so another time begins another commit. Commits that share
    // one are told apart only by the end of the log; the second bound is for those.
    const uint64_t count = batch.events.size();
    const bool new_commit = count > 0 && event->envelope.recorded_time_us !=
                                             batch.events.back().envelope.recorded_time_us;
    if ((count >= batch_events && new_commit) || count >= batch_events + kMaxCommitEntries) {
      return false;
    }
    batch.events.push_back(*std::move(event));
    return true;
  };
  RETURN_IF_ERROR(log_.ReadForward(Position(batch.first), Position(end), take));
  RETURN_IF_ERROR(status);
  CHECK(!batch.events.empty()) << "the log read nothing at " << batch.first;
  return batch;
}

absl::Status FoldRun::Apply(const EventBatch& batch) {
  for (uint64_t i = 0; i < batch.events.size(); ++i) {
    const uint64_t position = batch.first + i;
    for (Track& track : tracks_) {
      if (track.applied != position) continue;
      if (const absl::Status status = track.fold->Apply(Position(position), batch.events[i]);
          !status.ok()) {
        return AtPosition(position, absl::StrCat("view ", std::string(track.fold->name())), status);
      }
      ++track.applied;
    }
  }
  return absl::OkStatus();
}

absl::Status FoldRun::SaveDue(SnapshotStore& store, uint64_t interval) {
  for (Track& track : tracks_) {
    const uint64_t due = interval + track.saved_bytes / kSnapshotBytesPerEvent;
    if (track.applied - track.saved >= due) RETURN_IF_ERROR(Save(store, track));
  }
  return absl::OkStatus();
}

absl::Status FoldRun::SaveAll(SnapshotStore& store) {
  for (Track& track : tracks_) RETURN_IF_ERROR(Save(store, track));
  return absl::OkStatus();
}

absl::Status FoldRun::Save(SnapshotStore& store, Track& track) {
  if (track.applied == track.saved) return absl::OkStatus();
  ASSIGN_OR_RETURN(const SnapshotPoint point, PointAt(log_, track.applied));
  ASSIGN_OR_RETURN(track.saved_bytes, store.Save(*track.fold, point));
  track.saved = track.applied;
  return absl::OkStatus();
}

absl::StatusOr<SnapshotPoint> PointAt(const EventLog& log, uint64_t size) {
  CHECK(size > 0);
  ASSIGN_OR_RETURN(const std::string entry, log.Read(Position(size - 1)));
  ASSIGN_OR_RETURN(const Event event, DecodeEvent(entry));
  return SnapshotPoint{
      .size = size, .last_time_us = event.envelope.recorded_time_us, .last_entry = Sha256(entry)};
}

absl::StatusOr<std::unique_ptr<ViewSet>> BuildViewsAt(const EventLog& log, SnapshotStore* store,
                                                      uint64_t size,
                                                      absl::FunctionRef<bool()> keep_going) {
  if (size > log.Head().size) {
    return absl::OutOfRangeError(
        absl::StrCat("the log has ", log.Head().size, " events, not ", size));
  }
  auto views = std::make_unique<ViewSet>();
  FoldRun run(log, *views);
  if (store != nullptr) run.LoadSnapshots(*store, size);
  while (run.size() < size) {
    ASSIGN_OR_RETURN(const EventBatch batch, run.ReadNext(size, kBatchEvents));
    RETURN_IF_ERROR(run.Apply(batch));
    if (!keep_going()) {
      return absl::CancelledError("the caller no longer waits for an older position");
    }
  }
  return views;
}

}  // namespace bansos
