#include "grpc/scan_stream.h"

namespace bansos {

// gRPC never calls back from within StartWrite, StartWriteAndFinish and Finish, so they are called
// under the lock.

std::shared_ptr<ScanStream> ScanStream::Start(const Context& context, ProgressMessage message) {
  auto stream = std::make_shared<ScanStream>(context, message);
  stream->self_ = stream;
  return stream;
}

ScanStream::ScanStream(const Context& context, ProgressMessage message)
    : caller_{.actor = StatedActor(context), .life = std::make_shared<CallLife>()},
      deadline_(context.deadline()),
      message_(message) {}

void ScanStream::Tell(uint64_t events, uint64_t of_events) {
  absl::MutexLock lock(&mutex_);
  if (!told_.has_value()) told_ = events;
  if (ending_.has_value() || writing_ || events < *told_ + kProgressEvents) return;
  told_ = events;
  v1::ScanProgress progress;
  progress.set_events(events);
  progress.set_of_events(of_events);
  progress_ = message_(progress);
  writing_ = true;
  StartWrite(&progress_);
}

void ScanStream::Send(const absl::Status& status, Bytes response) {
  if (!caller_.life->End()) return;
  absl::MutexLock lock(&mutex_);
  ending_ = status;
  answer_.Swap(&response);
  if (!writing_) Close();  // Else OnWriteDone does.
}

void ScanStream::Close() {
  if (ending_->ok()) {
    StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
  } else {
    Finish(ToGrpcStatus(*ending_));
  }
}

void ScanStream::OnWriteDone(bool ok) {
  if (!ok) Send(absl::CancelledError("the caller is gone"), {});
  absl::MutexLock lock(&mutex_);
  writing_ = false;
  if (ending_.has_value()) Close();
}

void ScanStream::OnCancel() { Send(WhyCancelled(deadline_), {}); }

void ScanStream::OnDone() { const std::shared_ptr<ScanStream> last = std::move(self_); }

}  // namespace bansos
