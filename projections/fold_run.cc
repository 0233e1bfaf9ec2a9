#include "projections/fold_run.h"

#include <algorithm>
#include <future>
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
  // Side by side: the largest takes about as long as all the others.
  std::vector<std::future<void>> loading;
  for (Track& track : tracks_) {
    loading.push_back(std::async(std::launch::async, [&track, &store, &belongs, max_size] {
      const auto point = store.LoadNewest(*track.fold, max_size, belongs);
      track.applied = track.saved = point.has_value() ? point->size : 0;
    }));
  }
  for (std::future<void>& load : loading) load.get();
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
  return ReadBatch(log_, size(), end, batch_events);
}

void FoldRun::ResumeAt(uint64_t size) {
  for (Track& track : tracks_) track.applied = track.saved = size;
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

absl::Status FoldRun::SaveAt(SnapshotStore& store, uint64_t size) {
  for (Track& track : tracks_) {
    if (track.applied == size && !store.Has(*track.fold, size)) {
      RETURN_IF_ERROR(Save(store, track));
    }
  }
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

absl::StatusOr<EventBatch> ReadBatch(const EventLog& log, uint64_t first, uint64_t end,
                                     uint64_t batch_events) {
  EventBatch batch{.first = first};
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
  RETURN_IF_ERROR(log.ReadForward(Position(batch.first), Position(end), take));
  RETURN_IF_ERROR(status);
  CHECK(!batch.events.empty()) << "the log read nothing at " << batch.first;
  return batch;
}

absl::Status FoldForward(const EventLog& log, FoldRun& run, SnapshotStore* store, uint64_t size,
                         KeepGoing keep_going) {
  const uint64_t spacing = RungSpacing(log.Head().size);
  while (run.size() < size) {
    const uint64_t end = std::min(size, (run.size() / spacing + 1) * spacing);
    const auto read = [&log, end](uint64_t first) {
      return std::async(std::launch::async,
                        [&log, first, end] { return ReadBatch(log, first, end, kBatchEvents); });
    };
    std::future<absl::StatusOr<EventBatch>> next = read(run.size());
    while (run.size() < end) {
      ASSIGN_OR_RETURN(const EventBatch batch, next.get());
      if (batch.end() < end) next = read(batch.end());
      RETURN_IF_ERROR(run.Apply(batch));
      if (!keep_going()) {
        return absl::CancelledError("the caller no longer waits for an older position");
      }
    }
    if (store != nullptr && end % spacing == 0) (void)run.SaveAt(*store, end);
  }
  return absl::OkStatus();
}

LadderGap FindLadderGap(const SnapshotStore& store, const ViewSet& views, uint64_t size) {
  const uint64_t spacing = RungSpacing(size);
  LadderGap gap;
  for (uint64_t rung = spacing; rung <= size; rung += spacing) {
    const bool whole = std::all_of(views.folds().begin(), views.folds().end(),
                                   [&](const auto& fold) { return store.Has(*fold, rung); });
    if (whole) continue;
    if (gap.first == 0) gap.first = rung;
    gap.last = rung;
  }
  return gap;
}

absl::Status BringViewsTo(const EventLog& log, SnapshotStore* store, uint64_t size,
                          KeepGoing keep_going, ViewSet& views) {
  if (size > log.Head().size) {
    return absl::OutOfRangeError(
        absl::StrCat("the log has ", log.Head().size, " events, not ", size));
  }
  FoldRun run(log, views);
  if (store != nullptr) run.LoadSnapshots(*store, size);
  return FoldForward(log, run, store, size, keep_going);
}

absl::StatusOr<std::unique_ptr<ViewSet>> BuildViewsAt(const EventLog& log, SnapshotStore* store,
                                                      uint64_t size, KeepGoing keep_going) {
  auto views = std::make_unique<ViewSet>();
  RETURN_IF_ERROR(BringViewsTo(log, store, size, keep_going, *views));
  return views;
}

}  // namespace bansos
