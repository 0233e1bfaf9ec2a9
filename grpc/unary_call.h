// HandOver: how a unary method leaves gRPC's threads (DESIGN 4). The callback only puts the call
// into a lane; parsing, work and serializing happen there, and when the parsed request asks for
// more than the lane's calls do, it goes on in another one (method_table.h). A handler answers
// once, whenever and on whatever thread its answer is ready; a call that was cancelled or is past
// its deadline is finished at once, and its late answer is dropped.
//
// Methods are registered raw (bytes in, bytes out) because gRPC 1.51 answers a message that it
// cannot parse with UNIMPLEMENTED and no text.
#ifndef GRPC_UNARY_CALL_H_
#define GRPC_UNARY_CALL_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "grpc/actor.h"
#include "grpc/call_life.h"
#include "grpc/lanes.h"
#include "grpc/limits.h"
#include "grpc/message_parts.h"
#include "grpc/method_table.h"
#include "grpc/request_size.h"
#include "grpc/status_mapping.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "ledger/sequencer/worker_pool.h"

namespace bansos {

// What a raw method is given.
using Context = grpc::CallbackServerContext;
using Bytes = grpc::ByteBuffer;

// Who calls.
struct Caller {
  std::string actor;  // Empty when not stated.
  std::shared_ptr<CallLife> life;
  WorkerPool* lane = nullptr;         // Where its work goes on after a wait.
  size_t bytes = kCallOverheadBytes;  // What it takes of memory while it waits.
};

// Takes the answer of a call; only the first one counts.
template <typename Response>
using Answer = std::function<void(absl::StatusOr<Response>)>;

// INVALID_ARGUMENT when the bytes are no such message, RESOURCE_EXHAUSTED when it holds too much
// (message_parts.h).
template <typename Message>
absl::StatusOr<Message> ParseMessage(const grpc::ByteBuffer& bytes) {
  const absl::Status parts = CheckMessageParts(*Message::descriptor(), bytes);
  if (absl::IsResourceExhausted(parts)) return parts;
  grpc::ByteBuffer copy(bytes);  // The slices are shared; Deserialize clears its argument.
  Message message;
  if (!parts.ok() || !grpc::SerializationTraits<Message>::Deserialize(&copy, &message).ok()) {
    return absl::InvalidArgumentError(absl::StrCat("the request is no ",
                                                   std::string(Message::descriptor()->full_name()),
                                                   ": its bytes cannot be parsed. Generate the "
                                                   "client from the .proto files in grpc/proto."));
  }
  return message;
}

template <typename Message>
grpc::ByteBuffer SerializeMessage(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own_buffer = false;
  grpc::SerializationTraits<Message>::Serialize(message, &bytes, &own_buffer);
  return bytes;
}

// Bytes that a call holds while it waits for its turn.
inline size_t CostOf(const grpc::ByteBuffer& request) {
  return kCallOverheadBytes + request.Length();
}

// What a call is told that gRPC cancels; it does so at the deadline as well.
inline absl::Status WhyCancelled(std::chrono::system_clock::time_point deadline) {
  return std::chrono::system_clock::now() >= deadline
             ? absl::DeadlineExceededError("the deadline passed before the answer was ready")
             : absl::CancelledError("the caller cancelled");
}

// Keeps itself alive from its start until gRPC is done with it.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  static std::shared_ptr<UnaryCall> Start(const grpc::CallbackServerContext& context,
                                          grpc::ByteBuffer* response) {
    auto call = std::make_shared<UnaryCall>(context, response);
    call->self_ = call;
    return call;
  }
  UnaryCall(const grpc::CallbackServerContext& context, grpc::ByteBuffer* response)
      : caller_{.actor = StatedActor(context), .life = std::make_shared<CallLife>()},
        deadline_(context.deadline()),
        response_(response) {}

  // Without a lane: that is told by the request.
  const Caller& caller() const { return caller_; }

  void Send(const absl::Status& status, grpc::ByteBuffer response) {
    if (!caller_.life->End()) return;
    // gRPC frees the response only after OnDone, which follows Finish.
    if (status.ok()) response_->Swap(&response);
    Finish(ToGrpcStatus(status));
  }

  void OnCancel() override { Send(WhyCancelled(deadline_), {}); }
  void OnDone() override { const std::shared_ptr<UnaryCall> last = std::move(self_); }

 private:
  const Caller caller_;
  const std::chrono::system_clock::time_point deadline_;
  grpc::ByteBuffer* const response_;
  std::shared_ptr<UnaryCall> self_;
};

// What the handler of a method takes, and how its answer leaves.
template <typename Request, typename Response>
using Handle = std::function<void(Request, const Caller&, Answer<Response>)>;

// Has handle(request, caller, answer) run in the lane of the parsed request: now, when that is the
// one `parsed_in`. `call` is a reactor that sends what it answers.
template <typename Request, typename Response, typename Call>
void RunParsed(Lanes& lanes, const std::shared_ptr<Call>& call, Request request, size_t bytes,
               Lane parsed_in, const Handle<Request, Response>& handle) {
  const Lane lane = LaneOfRequest(MethodOf(*Request::descriptor()), request, bytes);
  Caller caller = call->caller();
  caller.lane = &lanes.of(lane);
  caller.bytes = kCallOverheadBytes + request.SpaceUsedLong();
  const Answer<Response> answer = [call](absl::StatusOr<Response> response) {
    if (!response.ok()) return call->Send(response.status(), {});
    call->Send(absl::OkStatus(), SerializeMessage(*response));
  };
  if (lane == parsed_in) return handle(std::move(request), caller, answer);
  const auto held = std::make_shared<Request>(std::move(request));
  const bool queued = caller.lane->TryRun(caller.bytes, [held, caller, answer, handle] {
    if (!caller.life->over()) handle(std::move(*held), caller, answer);
  });
  if (!queued) call->Send(BusyError(TellFull(lane)), {});
}

// Parses the request and runs it, each in its lane.
template <typename Request, typename Response, typename Call>
void RunInLane(Lanes& lanes, const std::shared_ptr<Call>& call, const Bytes& request,
               Handle<Request, Response> handle) {
  static const MethodRow& row = MethodOf(*Request::descriptor());
  const Lane lane = LaneOfBytes(row, request.Length());
  const auto run = [&lanes, call, lane, bytes = request, handle = std::move(handle)] {
    if (call->caller().life->over()) return;
    absl::StatusOr<Request> stated = ParseMessage<Request>(bytes);
    if (!stated.ok()) return call->Send(stated.status(), {});
    const bool records = row.lane == Lane::kWrite;
    if (absl::Status fits = records ? absl::OkStatus() : CheckFilterSize(*stated); !fits.ok()) {
      return call->Send(fits, {});
    }
    RunParsed<Request, Response>(lanes, call, *std::move(stated), bytes.Length(), lane, handle);
  };
  const bool queued = lanes.of(lane).TryRun(CostOf(request), run);
  if (!queued) call->Send(BusyError(TellFull(lane)), {});
}

// Runs (service->*method)(request, caller, answer) in the call's lane. `service` outlives the
// call.
template <typename Service, typename Request, typename Response>
grpc::ServerUnaryReactor* HandOver(Lanes& lanes, Context* context, const Bytes* request,
                                   Bytes* response, Service* service,
                                   void (Service::*method)(Request, const Caller&,
                                                           Answer<Response>)) {
  const std::shared_ptr<UnaryCall> call = UnaryCall::Start(*context, response);
  RunInLane<Request, Response>(
      lanes, call, *request,
      [service, method](Request stated, const Caller& caller, Answer<Response> answer) {
        (service->*method)(std::move(stated), caller, std::move(answer));
      });
  return call.get();
}

}  // namespace bansos

#endif  // GRPC_UNARY_CALL_H_
