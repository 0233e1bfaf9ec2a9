#include "projections/projector.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"

namespace bansos {

Projector::Projector(EventLog& log, SnapshotStore& store, ViewSet& views, ProjectorOptions options)
    : log_(log), store_(store), views_(views), options_(std::move(options)), run_(log, views) {
  CHECK(options_.batch_events > 0);
}

Projector::~Projector() { Stop(); }

void Projector::Start() {
  CHECK(!thread_.joinable());
  thread_ = std::thread([this] { Run(); });
}

void Projector::Stop() {
  {
    absl::MutexLock lock(&bell_->mutex);
    bell_->stopping = true;
  }
  if (thread_.joinable()) thread_.join();
  waiters_.Close();
  digests_.Close();
}

void Projector::Run() {
  absl::Status status = LoadViews();
  while (status.ok() && !stopping()) {
    const uint64_t end = log_.Head().size;
    if (run_.size() == end) {
      if (digests_due_ || digests_.wanted()) {
        MakeDigests();
      } else {
        WaitBeyond(end);
      }
      continue;
    }
    status = CatchUp(end);
    digests_.PassRound();
    if (status.ok() && (options_.saves_while_tailing || !caught_up_)) {
      TellSaved(run_.SaveDue(store_, options_.events_between_snapshots));
    }
  }
  if (status.ok()) {
    TellSaved(run_.SaveAll(store_));
  } else {
    Fail(std::move(status));
  }
}

absl::Status Projector::LoadViews() {
  const uint64_t end = log_.Head().size;
  {
    absl::WriterMutexLock lock(&views_mutex_);
    run_.LoadSnapshots(store_, end);
    if (!run_.aligned()) return absl::OkStatus();
    head_.size = run_.size();
    if (head_.size > 0) {
      ASSIGN_OR_RETURN(const SnapshotPoint point, PointAt(log_, head_.size));
      head_.last_time_us = point.last_time_us;
    }
    readable_ = true;
  }
  if (run_.size() == end) caught_up_ = true;
  waiters_.Publish(run_.size());
  return absl::OkStatus();
}

absl::Status Projector::CatchUp(uint64_t end) {
  // Decoded before the lock is taken: readers wait only for the folding.
  ASSIGN_OR_RETURN(const EventBatch batch, run_.ReadNext(end, options_.batch_events));
  bool readable = false;
  {
    absl::WriterMutexLock lock(&views_mutex_);
    RETURN_IF_ERROR(run_.Apply(batch));
    // Until every view has come as far as the others there is no one position to read at.
    readable = readable_ = run_.aligned();
    if (readable) {
      head_ = {.size = run_.size(), .last_time_us = batch.events.back().envelope.recorded_time_us};
    }
  }
  if (options_.on_progress && !caught_up_) options_.on_progress(run_.size(), end);
  if (run_.size() == end) caught_up_ = true;
  if (readable) waiters_.Publish(run_.size());
  return absl::OkStatus();
}

void Projector::Fail(absl::Status status) {
  caught_up_ = false;
  {
    absl::WriterMutexLock lock(&views_mutex_);
    failure_ = status;
  }
  if (options_.on_failure) options_.on_failure(status);
  waiters_.Close();
  digests_.Close();
}

void Projector::TellSaved(const absl::Status& status) const {
  if (!status.ok() && options_.on_snapshot_error) options_.on_snapshot_error(status);
}

void Projector::MakeDigests() {
  digests_due_ = false;
  const ProjectionHead head = Head();
  const auto quiet = [&] { return log_.Head().size == head.size && !stopping(); };
  // Without the lock: only this thread changes the views.
  absl::StatusOr<ViewDigests> made = DigestsOf(views_, head, quiet);
  if (!made.ok()) return digests_.PassRound();
  digests_.Publish(*std::move(made));
}

void Projector::CallAtDigests(uint64_t size, std::function<void()> callback) {
  if (!digests_.CallAt(size, std::move(callback))) return;
  absl::MutexLock lock(&bell_->mutex);
  bell_->digests_wanted = true;
}

void Projector::WaitBeyond(uint64_t size) {
  const std::optional<ViewDigests> newest = digests_.Newest();
  const bool digested = newest.has_value() && newest->head.size == size;
  log_.CallAtSize(size + 1, [bell = bell_] {
    absl::MutexLock lock(&bell->mutex);
    bell->rung = true;
  });
  const auto awake = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(bell_->mutex) {
    return bell_->rung || bell_->digests_wanted || bell_->stopping;
  };
  absl::MutexLock lock(&bell_->mutex);
  const bool called = bell_->mutex.AwaitWithTimeout(
      absl::Condition(&awake), digested ? absl::InfiniteDuration() : options_.digest_quiet);
  digests_due_ = !called;
  bell_->rung = bell_->digests_wanted = false;
}

bool Projector::stopping() const {
  absl::MutexLock lock(&bell_->mutex);
  return bell_->stopping;
}

absl::Status Projector::status() const {
  absl::ReaderMutexLock lock(&views_mutex_);
  return failure_;
}

ProjectionHead Projector::Head() const {
  absl::ReaderMutexLock lock(&views_mutex_);
  return head_;
}

absl::Status Projector::Read(
    absl::FunctionRef<void(const ViewSet&, const ProjectionHead&)> read) const {
  absl::ReaderMutexLock lock(&views_mutex_);
  RETURN_IF_ERROR(failure_);
  if (!readable_) {
    return absl::UnavailableError("the views are being rebuilt from the log; try again later");
  }
  read(views_, head_);
  return absl::OkStatus();
}

}  // namespace bansos
