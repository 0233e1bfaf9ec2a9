#include "grpc/transfer_stream.h"

#include <utility>

#include "grpc/limits.h"
#include "grpc/status_mapping.h"
#include "ledger/base/check.h"

namespace bansos {

TransferStream* TransferStream::Start(const Context& context, const TransferRecorder& recorder,
                                      Lanes& lanes, StreamRegistry& registry) {
  auto stream = std::make_shared<TransferStream>(context, recorder, lanes, registry);
  stream->self_ = stream;
  absl::Status status = RequireActor(stream->caller_.actor);
  if (status.ok()) status = registry.Add(stream, stream->registered_);
  if (!status.ok()) stream->End(status);
  stream->Advance();
  return stream.get();
}

TransferStream::TransferStream(const Context& context, const TransferRecorder& recorder,
                               Lanes& lanes, StreamRegistry& registry)
    : caller_{.actor = StatedActor(context), .life = std::make_shared<CallLife>()},
      recorder_(recorder),
      lanes_(lanes),
      registry_(registry) {}

void TransferStream::End(const absl::Status& status) {
  {
    absl::MutexLock lock(&mutex_);
    if (!ending_.has_value()) ending_ = status;
  }
  caller_.life->End();
  Advance();
}

void TransferStream::OnReadDone(bool ok) {
  bool start_work = false;
  {
    absl::MutexLock lock(&mutex_);
    reading_ = false;
    if (ok) {
      Pending& message = pending_.emplace_back();
      message.number = next_number_++;
      message.bytes.Swap(&incoming_);
      waiting_bytes_ += message.bytes.Length();
      start_work = !std::exchange(working_, true);
    } else {
      read_all_ = true;
    }
  }
  if (start_work) RunWork();
  Advance();
}

void TransferStream::RunWork() {
  // Never refused: this stream was accepted, there are few, and each has one job at a time.
  WorkerPool& lane = NextLane();
  lane.Run([self = shared_from_this(), &lane] { self->Work(&lane); });
}

WorkerPool& TransferStream::NextLane() {
  static const MethodRow& row = MethodOf(*v1::StreamTransfersRequest::descriptor());
  absl::MutexLock lock(&mutex_);
  const bool waits = next_work_ < next_number_ && !pending_.empty();
  const size_t bytes =
      waits ? pending_[next_work_ - pending_.front().number].bytes.Length() : size_t{0};
  return lanes_.of(LaneOfBytes(row, bytes));
}

void TransferStream::Work(WorkerPool* lane) {
  uint64_t number = 0;
  Bytes bytes;
  {
    absl::MutexLock lock(&mutex_);
    working_ = next_work_ < next_number_ && !finished_;
    if (!working_) return;
    number = next_work_++;
    bytes.Swap(&pending_[number - pending_.front().number].bytes);
    waiting_bytes_ -= bytes.Length();
  }
  Record(number, bytes, lane);
  RunWork();
}

void TransferStream::Record(uint64_t number, const Bytes& bytes, WorkerPool* lane) {
  const absl::StatusOr<v1::StreamTransfersRequest> parsed =
      ParseMessage<v1::StreamTransfersRequest>(bytes);
  if (!parsed.ok()) return ReplyError(number, 0, parsed.status());
  const v1::StreamTransfersRequest& message = *parsed;
  const auto self = shared_from_this();
  Caller caller = caller_;
  caller.lane = lane;
  const uint64_t sequence = message.sequence();
  switch (message.content_case()) {
    case v1::StreamTransfersRequest::kSend:
      recorder_.Send(message.send(), caller,
                     [self, number, sequence](absl::StatusOr<v1::SendTransfersResponse> answer) {
                       if (!answer.ok()) return self->ReplyError(number, sequence, answer.status());
                       v1::StreamReply reply;
                       reply.set_sequence(sequence);
                       *reply.mutable_send() = *std::move(answer);
                       self->Reply(number, std::move(reply));
                     });
      return;
    case v1::StreamTransfersRequest::kResults:
      recorder_.RecordResults(
          message.results(), caller,
          [self, number, sequence](absl::StatusOr<v1::RecordResultsResponse> answer) {
            if (!answer.ok()) return self->ReplyError(number, sequence, answer.status());
            v1::StreamReply reply;
            reply.set_sequence(sequence);
            *reply.mutable_results() = *std::move(answer);
            self->Reply(number, std::move(reply));
          });
      return;
    case v1::StreamTransfersRequest::CONTENT_NOT_SET:
      ReplyError(number, sequence,
                 absl::InvalidArgumentError("the message states nothing to record: set `send` or "
                                            "`results`"));
  }
}

void TransferStream::ReplyError(uint64_t number, uint64_t sequence, const absl::Status& status) {
  v1::StreamReply reply;
  reply.set_sequence(sequence);
  *reply.mutable_error() = DetailOf(status);
  Reply(number, std::move(reply));
}

void TransferStream::Reply(uint64_t number, v1::StreamReply reply) {
  {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    CHECK(!pending_.empty() && number >= pending_.front().number);
    pending_[number - pending_.front().number].reply = std::move(reply);
  }
  Advance();
}

v1::StreamTransfersResponse TransferStream::TakeReady() {
  v1::StreamTransfersResponse response;
  while (!pending_.empty() && pending_.front().reply.has_value()) {
    *response.add_replies() = *std::move(pending_.front().reply);
    pending_.pop_front();
  }
  return response;
}

void TransferStream::Advance() {
  // gRPC never calls back from within these calls, and under the lock none follows Finish.
  absl::MutexLock lock(&mutex_);
  if (finished_) return;
  if (!writing_) {
    if (ending_.has_value()) return FinishWith(*ending_);
    if (!pending_.empty() && pending_.front().reply.has_value()) {
      outgoing_ = SerializeMessage(TakeReady());
      writing_ = true;
      StartWrite(&outgoing_);
    } else if (read_all_ && pending_.empty()) {
      return FinishWith(absl::OkStatus());
    }
  }
  const bool has_room = pending_.size() < kMaxStreamInFlight && waiting_bytes_ < kMaxStreamBytes;
  if (!reading_ && !read_all_ && !ending_.has_value() && has_room) {
    reading_ = true;
    StartRead(&incoming_);
  }
}

void TransferStream::FinishWith(const absl::Status& status) {
  finished_ = true;
  Finish(ToGrpcStatus(status));
}

void TransferStream::OnWriteDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok && !ending_.has_value()) ending_ = absl::CancelledError("the caller is gone");
  }
  Advance();
}

void TransferStream::OnCancel() { End(absl::CancelledError("the caller cancelled")); }

void TransferStream::OnDone() {
  registry_.Remove(registered_);
  const std::shared_ptr<TransferStream> last = std::move(self_);
}

}  // namespace bansos
