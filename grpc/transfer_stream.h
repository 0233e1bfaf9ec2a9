// TransferStream: StreamTransfers as a reactor. A worker hands the messages to the sequencer in the
// order in which they come, so an order is decided before the result that follows it. At most
// kMaxStreamInFlight are without an answer (then the stream is not read, and the caller feels it by
// flow control); replies leave in the same order, as many in one response as are ready.
//
// Keeps itself alive from Start until gRPC is done with it. Thread-safe. recorder, lanes and
// registry outlive it.
#ifndef GRPC_TRANSFER_STREAM_H_
#define GRPC_TRANSFER_STREAM_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "bansos/v1/payment_service.pb.h"
#include "grpc/stream_registry.h"
#include "grpc/transfer_recorder.h"
#include "grpc/unary_call.h"
#include "grpcpp/support/server_callback.h"

namespace bansos {

// A stream with so many bytes that nobody has worked on yet is not read on; a message of the
// largest batch has some hundred thousand.
inline constexpr size_t kMaxStreamBytes = size_t{4} * 1024 * 1024;

class TransferStream final : public grpc::ServerBidiReactor<Bytes, Bytes>,
                             public EndableStream,
                             public std::enable_shared_from_this<TransferStream> {
 public:
  static TransferStream* Start(const Context& context, const TransferRecorder& recorder,
                               Lanes& lanes, StreamRegistry& registry);
  TransferStream(const Context& context, const TransferRecorder& recorder, Lanes& lanes,
                 StreamRegistry& registry);

  void End(const absl::Status& status) override;

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // A message that is not answered yet; its reply once it is there.
  struct Pending {
    uint64_t number = 0;  // Of the message within the stream.
    Bytes bytes;
    std::optional<v1::StreamReply> reply;
  };

  // In the lane of the message, one at a time: takes one, and goes to the end of the queue for the
  // next, so that no stream keeps a thread from another or from a single call.
  void Work(WorkerPool* lane);
  void RunWork();
  // The lane of the message that Work takes next.
  WorkerPool& NextLane();
  void Record(uint64_t number, const Bytes& bytes, WorkerPool* lane);

  void Reply(uint64_t number, v1::StreamReply reply);
  void ReplyError(uint64_t number, uint64_t sequence, const absl::Status& status);

  // What to do now that something changed: write, read on or finish.
  void Advance();
  void FinishWith(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Takes the replies that are ready, from the front.
  v1::StreamTransfersResponse TakeReady() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Caller caller_;
  const TransferRecorder& recorder_;
  Lanes& lanes_;
  StreamRegistry& registry_;
  uint64_t registered_ = 0;
  std::shared_ptr<TransferStream> self_;
  Bytes incoming_;  // gRPC's between StartRead and OnReadDone.
  Bytes outgoing_;  // gRPC's between StartWrite and OnWriteDone.

  absl::Mutex mutex_;
  std::deque<Pending> pending_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;  // Of the message read next.
  uint64_t next_work_ ABSL_GUARDED_BY(mutex_) = 0;    // Of the message that Work takes next.
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // Of messages that Work has not taken.
  bool working_ ABSL_GUARDED_BY(mutex_) = false;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool read_all_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);  // End was asked for.
};

}  // namespace bansos

#endif  // GRPC_TRANSFER_STREAM_H_
