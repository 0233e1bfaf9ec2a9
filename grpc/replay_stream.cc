#include "grpc/replay_stream.h"

#include <utility>

#include "grpc/served_digests.h"

namespace bansos {
namespace {

// Digests of the views that queries of this position are answered from. Without a position: the
// newest there are, as far as the log has come if it leaves time for that.
void AskServed(const ServiceParts& parts, const v1::ReadOptions& options, const Caller& caller,
               Answer<ViewDigests> answer) {
  if (options.as_of_case() != v1::ReadOptions::AS_OF_NOT_SET) {
    return AskDigestsAsOf(parts, options, caller, std::move(answer));
  }
  parts.reads.When(options.min_position(), caller,
                   [&parts, caller, answer = std::move(answer)](absl::Status status) {
                     if (!status.ok()) return answer(status);
                     AskNewestDigests(parts, parts.log.Head().size, caller, answer);
                   });
}

}  // namespace

ReplayStream* ReplayStream::Start(const ServiceParts& parts, StreamRegistry& registry,
                                  const Bytes& request) {
  auto stream = std::make_shared<ReplayStream>(parts, registry);
  stream->self_ = stream;
  if (absl::Status added = registry.Add(stream, stream->registered_); !added.ok()) {
    stream->End(absl::IsResourceExhausted(added)
                    ? BusyError("another replay is under way; try again when it is done")
                    : added);
  } else if (!stream->caller_.lane->TryRun(CostOf(request),
                                           [stream, bytes = request] { stream->Begin(bytes); })) {
    stream->End(BusyError(TellFull(Lane::kScan)));
  }
  return stream.get();
}

ReplayStream::ReplayStream(const ServiceParts& parts, StreamRegistry& registry)
    : parts_(parts),
      registry_(registry),
      caller_{.actor = "",
              .life = std::make_shared<CallLife>(),
              .lane = &parts.lanes.of(MethodOf(*v1::ReplayRequest::descriptor()).lane)} {}

void ReplayStream::Begin(const Bytes& bytes) {
  const absl::StatusOr<v1::ReplayRequest> request = ParseMessage<v1::ReplayRequest>(bytes);
  if (!request.ok()) return End(request.status());
  AskServed(parts_, request->read(), caller_,
            [self = shared_from_this()](absl::StatusOr<ViewDigests> served) {
              if (!served.ok()) return self->End(served.status());
              absl::StatusOr<MemoryBudget::Share> share =
                  self->parts_.reads.TakeViewShare(served->head.size);
              if (!share.ok()) return self->End(share.status());
              self->run_ = std::make_unique<ReplayRun>(self->parts_.log, *std::move(served),
                                                       *std::move(share));
              self->Turn();
            });
}

void ReplayStream::RunTurn() {
  // Never refused: this stream was accepted, and there is one of them.
  caller_.lane->Run([self = shared_from_this()] { self->Turn(); });
}

void ReplayStream::Turn() {
  if (!caller_.life->over()) Advance();
  // A set of views takes a while to let go of, so it is done here and not on gRPC's thread.
  if (caller_.life->over()) run_.reset();
}

void ReplayStream::Advance() {
  v1::ReplayResponse response;
  if (run_->done()) {
    const auto compared = run_->Compare([this] { return !caller_.life->over(); });
    if (!compared.ok()) return End(compared.status());
    *response.mutable_result() = *compared;
    run_.reset();
    told_result_ = true;
  } else {
    if (const absl::Status status = run_->Step(); !status.ok()) return End(status);
    response.mutable_progress()->set_events(run_->applied());
    response.mutable_progress()->set_of_events(run_->size());
  }
  Write(response);
}

void ReplayStream::Write(const v1::ReplayResponse& response) {
  // gRPC never calls back from within these calls, and under the lock none follows Finish.
  absl::MutexLock lock(&mutex_);
  if (finished_ || ending_.has_value()) return;
  outgoing_ = SerializeMessage(response);
  writing_ = true;
  StartWrite(&outgoing_);
}

void ReplayStream::OnWriteDone(bool ok) {
  const std::shared_ptr<ReplayStream> self = shared_from_this();  // Past what End sets off.
  bool ending = false;
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    ending = ending_.has_value();
  }
  if (!ok) {
    End(absl::CancelledError("the caller is gone"));
  } else if (ending || told_result_) {
    End(absl::OkStatus());
  }
  RunTurn();
}

void ReplayStream::End(const absl::Status& status) {
  caller_.life->End();
  absl::MutexLock lock(&mutex_);
  if (!ending_.has_value()) ending_ = status;
  if (finished_ || writing_) return;  // OnWriteDone comes back here.
  finished_ = true;
  // Before the caller hears of the end and asks for the next.
  registry_.Remove(registered_);
  Finish(ToGrpcStatus(*ending_));
}

void ReplayStream::OnCancel() { End(absl::CancelledError("the caller cancelled")); }

void ReplayStream::OnDone() { const std::shared_ptr<ReplayStream> last = std::move(self_); }

}  // namespace bansos
