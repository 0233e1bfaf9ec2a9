#include "grpc/as_of_views.h"

#include <algorithm>
#include <list>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpc/limits.h"
#include "grpc/read_path.h"
#include "grpc/status_mapping.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Loading all views from their snapshots takes at least as long as folding so many events.
constexpr uint64_t kFoldRatherThanLoad = kMinRungSpacing;

// A log that grows by no more than this in the time to look at counts as quiet: a trickle of
// commands leaves a core to spare.
constexpr uint64_t kTrickle = 1024;

// While the log is busy a snapshot waits this many times longer: a load would be slowed down by a
// fold beside its own, and a start after a kill folds so many events in seconds.
constexpr uint64_t kBusyPatience = 4;

// A snapshot is worth its making after one event for each so many of its bytes (as in FoldRun).
constexpr uint64_t kSnapshotBytesPerEvent = 128;

// When the newest snapshots are to be made anew.
class SnapshotsDue {
 public:
  explicit SnapshotsDue(uint64_t interval) : interval_(interval) {}

  bool At(const SnapshotStore& store, uint64_t size, bool busy) const {
    const OldViews like;
    uint64_t oldest = size, bytes = 0;
    for (const auto& fold : like.set.folds()) {
      const StoredSnapshot newest = store.Newest(*fold);
      oldest = std::min(oldest, newest.size);
      bytes = std::max(bytes, newest.bytes);
    }
    const uint64_t due = interval_ + bytes / kSnapshotBytesPerEvent;
    return size - oldest >= (busy ? kBusyPatience : 1) * due;
  }

 private:
  const uint64_t interval_;
};

}  // namespace

struct AsOfViews::Waiter {
  Ready ready;
  size_t bytes = 0;
};

struct AsOfViews::Build {
  explicit Build(uint64_t events) : size(events) {}
  const uint64_t size;
  // The rest is guarded by the queue's mutex.
  std::map<uint64_t, Waiter> waiters = {};
  bool running = false;
};

// The builds that wait or run, and who waits for them.
class AsOfViews::Queue : public std::enable_shared_from_this<Queue> {
 public:
  explicit Queue(size_t max_builds) : max_builds_(max_builds) {}

  absl::Status Join(uint64_t size, size_t bytes, CallLife& life, Ready ready) {
    std::weak_ptr<Build> joined;
    uint64_t number = 0;
    {
      absl::MutexLock lock(&mutex_);
      if (stopping_) return absl::UnavailableError("the server is stopping");
      if (calls_ >= kMaxWaitingCalls || held_bytes_ + bytes > kMaxWaitingBytes) {
        return BusyError("too many calls wait for older positions; try again");
      }
      auto build = std::find_if(builds_.begin(), builds_.end(),
                                [size](const auto& other) { return other->size == size; });
      if (build == builds_.end()) {
        if (builds_.size() >= max_builds_) {
          return BusyError("too many questions about older positions wait; try again");
        }
        build = builds_.insert(builds_.end(), std::make_shared<Build>(size));
      }
      number = next_number_++;
      (*build)->waiters.emplace(number, Waiter{std::move(ready), bytes});
      ++calls_;
      held_bytes_ += bytes;
      joined = *build;
    }
    life.StopWaitingBy([queue = weak_from_this(), joined, number] {
      const auto alive = queue.lock();
      if (alive != nullptr) alive->Leave(joined.lock(), number);
    });
    return absl::OkStatus();
  }

  // The next build to run; null when there will be none.
  std::shared_ptr<Build> Next() {
    const auto awake = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return stopping_ || Waiting() != nullptr;
    };
    absl::MutexLock lock(&mutex_, absl::Condition(&awake));
    if (stopping_) return nullptr;
    std::shared_ptr<Build> build = Waiting();
    build->running = true;
    return build;
  }

  bool IsWanted(const Build& build) {
    absl::MutexLock lock(&mutex_);
    return !stopping_ && !build.waiters.empty();
  }

  // Whom to tell; nobody when the build was given up and somebody came since.
  std::vector<Ready> End(const std::shared_ptr<Build>& build, bool given_up) {
    absl::MutexLock lock(&mutex_);
    std::vector<Ready> told;
    if (given_up && !stopping_ && !build->waiters.empty()) {
      build->running = false;
      return told;
    }
    TakeAll(*build, told);
    builds_.remove(build);
    return told;
  }

  std::vector<Ready> Stop() {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    std::vector<Ready> told;
    for (const auto& build : builds_) TakeAll(*build, told);
    builds_.clear();
    return told;
  }

  bool idle() const {
    absl::MutexLock lock(&mutex_);
    return !stopping_ && builds_.empty();
  }

  bool open() const {
    absl::MutexLock lock(&mutex_);
    return !stopping_;
  }

  // False when it ended because of Stop.
  bool Sleep(absl::Duration duration) {
    absl::MutexLock lock(&mutex_);
    return !mutex_.AwaitWithTimeout(absl::Condition(&stopping_), duration);
  }

 private:
  std::shared_ptr<Build> Waiting() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    for (const auto& build : builds_) {
      if (!build->running) return build;
    }
    return nullptr;
  }

  void TakeAll(Build& build, std::vector<Ready>& told) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    for (auto& [number, waiter] : build.waiters) {
      Release(waiter);
      told.push_back(std::move(waiter.ready));
    }
    build.waiters.clear();
  }

  void Release(const Waiter& waiter) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    --calls_;
    held_bytes_ -= waiter.bytes;
  }

  void Leave(const std::shared_ptr<Build>& build, uint64_t number) {
    if (build == nullptr) return;
    Waiter gone;  // Destroyed without the lock: it may hold the last of a call.
    absl::MutexLock lock(&mutex_);
    const auto waiter = build->waiters.find(number);
    if (waiter == build->waiters.end()) return;
    gone = std::move(waiter->second);
    build->waiters.erase(waiter);
    Release(gone);
    if (build->waiters.empty() && !build->running) builds_.remove(build);
  }

  const size_t max_builds_;
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::list<std::shared_ptr<Build>> builds_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t calls_ ABSL_GUARDED_BY(mutex_) = 0;  // That wait, of all builds.
  size_t held_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

AsOfViews::AsOfViews(const EventLog& log, SnapshotStore* store, AsOfOptions options)
    : log_(log),
      store_(store),
      options_(std::move(options)),
      cache_(options_.max_kept, MemoryBudget(options_.memory_bytes)),
      queue_(std::make_shared<Queue>(options_.max_builds)) {
  for (int i = 0; i < options_.builders; ++i) threads_.emplace_back([this] { Work(); });
  if (store_ != nullptr && options_.quiet < absl::InfiniteDuration()) {
    threads_.emplace_back([this] { KeepSnapshots(); });
  }
}

AsOfViews::~AsOfViews() { Stop(); }

void AsOfViews::Stop() {
  for (const Ready& ready : queue_->Stop()) {
    ready(absl::UnavailableError("the server is stopping"));
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void AsOfViews::Get(uint64_t size, size_t bytes, CallLife& life, Ready ready) {
  if (Lease kept = Find(size); kept != nullptr) return ready(std::move(kept));
  const absl::Status joined = queue_->Join(size, bytes, life, ready);
  if (!joined.ok()) ready(joined);
}

void AsOfViews::Work() {
  while (const std::shared_ptr<Build> build = queue_->Next()) {
    const absl::StatusOr<Lease> made = Make(build);
    for (const Ready& ready : queue_->End(build, absl::IsCancelled(made.status()))) ready(made);
  }
}

absl::StatusOr<AsOfViews::Lease> AsOfViews::Make(const std::shared_ptr<Build>& build) {
  const uint64_t size = build->size;
  const auto wanted = [&] { return queue_->IsWanted(*build); };
  if (Lease kept = Find(size); kept != nullptr) return kept;
  const uint64_t from = size - std::min(size, kFoldRatherThanLoad);
  std::unique_ptr<OldViews> views = cache_.TakeIdle(from, size);
  const bool goes_on = views != nullptr;
  if (!goes_on) views = std::make_unique<OldViews>();
  const uint64_t more = EstimatedViewBytes(size) - views->share.bytes();
  ASSIGN_OR_RETURN(MemoryBudget::Share share, cache_.TakeShare(more));
  views->share.Add(std::move(share));
  if (goes_on) {
    FoldRun run(log_, views->set);
    run.ResumeAt(views->head.size);
    RETURN_IF_ERROR(FoldForward(log_, run, store_, size, wanted));
  } else {
    RETURN_IF_ERROR(BringViewsTo(log_, store_, size, wanted, views->set));
  }
  ASSIGN_OR_RETURN(views->head, HeadAt(log_, size));
  return cache_.Put(std::move(views));
}

bool AsOfViews::IsQuiet(uint64_t size) const {
  return queue_->idle() && log_.Head().size - size <= kTrickle;
}

void AsOfViews::KeepSnapshots() {
  const SnapshotsDue due(options_.events_between_snapshots);
  bool ladder = true;
  while (true) {
    const uint64_t before = log_.Head().size;
    if (!queue_->Sleep(options_.quiet)) return;
    if (due.At(*store_, log_.Head().size, /*busy=*/!IsQuiet(before))) {
      TellSnapshot(SaveNewest(log_.Head().size));
    } else if (ladder && IsQuiet(before)) {
      const absl::StatusOr<bool> more = FillLadder(before);
      ladder = !more.ok() || *more;
      TellSnapshot(more.status());
    }
  }
}

void AsOfViews::TellSnapshot(const absl::Status& status) {
  // Giving way is no failure, and one that lasts is told once.
  if (absl::IsCancelled(status) || !options_.on_snapshot || status == told_) return;
  told_ = status;
  options_.on_snapshot(status);
}

absl::Status AsOfViews::SaveNewest(uint64_t size) {
  ASSIGN_OR_RETURN(const MemoryBudget::Share share, TakeShare(size));
  OldViews views;
  FoldRun run(log_, views.set);
  run.LoadSnapshots(*store_, size);
  RETURN_IF_ERROR(FoldForward(log_, run, store_, size, [this] { return queue_->open(); }));
  return run.SaveAll(*store_);
}

absl::StatusOr<bool> AsOfViews::FillLadder(uint64_t size) {
  OldViews views;
  const LadderGap gap = FindLadderGap(*store_, views.set, size);
  if (gap.last == 0) return true;
  ASSIGN_OR_RETURN(const MemoryBudget::Share share, TakeShare(gap.last));
  FoldRun run(log_, views.set);
  run.LoadSnapshots(*store_, gap.first);
  RETURN_IF_ERROR(FoldForward(log_, run, store_, gap.last, [&] { return IsQuiet(size); }));
  // Where snapshots cannot be kept, filling it in again and again would help nobody.
  return FindLadderGap(*store_, views.set, size).last == 0;
}

}  // namespace bansos
