// ScanStream: a method that answers once, after a scan that takes a while, as a reactor: it tells
// the caller how far the scan is, and then the answer. The work is that of HandOver (unary_call.h):
// all of it in the method's lane, nothing on gRPC's threads, and the first answer counts.
//
// A progress message goes out only when the caller has taken the one before; what a slow caller
// does not take is not told, so a scan never waits for its caller and holds one message at most. A
// call that is cancelled or past its deadline ends at once, and the scan with it.
//
// Keeps itself alive from its start until gRPC is done with it. Thread-safe.
#ifndef GRPC_SCAN_STREAM_H_
#define GRPC_SCAN_STREAM_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "bansos/v1/common.pb.h"
#include "grpc/unary_call.h"

namespace bansos {

// A scan passes some ten times as many in a second; a shorter one tells nothing but its answer.
inline constexpr uint64_t kProgressEvents = 65'536;

// Tells that so many events of so many were looked at. Returns at once; any thread.
using TellProgress = std::function<void(uint64_t events, uint64_t of_events)>;

class ScanStream final : public grpc::ServerWriteReactor<Bytes> {
 public:
  // The message of the method that holds this progress.
  using ProgressMessage = Bytes (*)(const v1::ScanProgress& progress);

  static std::shared_ptr<ScanStream> Start(const Context& context, ProgressMessage message);
  ScanStream(const Context& context, ProgressMessage message);

  const Caller& caller() const { return caller_; }

  void Tell(uint64_t events, uint64_t of_events);
  void Send(const absl::Status& status, Bytes response);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Close() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Caller caller_;
  const std::chrono::system_clock::time_point deadline_;
  const ProgressMessage message_;
  std::shared_ptr<ScanStream> self_;

  absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // Where the scan began, and then where it was when that was last told.
  std::optional<uint64_t> told_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);
  // gRPC's from the write on: the progress until OnWriteDone, the answer until OnDone.
  Bytes progress_ ABSL_GUARDED_BY(mutex_);
  Bytes answer_ ABSL_GUARDED_BY(mutex_);
};

template <typename Response>
Bytes ProgressMessageOf(const v1::ScanProgress& progress) {
  Response response;
  *response.mutable_progress() = progress;
  return SerializeMessage(response);
}

// Runs (service->*method)(request, caller, tell, answer) in the call's lane. `service` outlives
// the call.
template <typename Service, typename Request, typename Response>
grpc::ServerWriteReactor<Bytes>* HandOverScan(
    Lanes& lanes, Context* context, const Bytes* request, Service* service,
    void (Service::*method)(Request, const Caller&, TellProgress, Answer<Response>)) {
  const std::shared_ptr<ScanStream> stream =
      ScanStream::Start(*context, &ProgressMessageOf<Response>);
  RunInLane<Request, Response>(
      lanes, stream, *request,
      [stream, service, method](Request stated, const Caller& caller, Answer<Response> answer) {
        const TellProgress tell = [stream](uint64_t events, uint64_t of_events) {
          stream->Tell(events, of_events);
        };
        (service->*method)(std::move(stated), caller, tell, std::move(answer));
      });
  return stream.get();
}

}  // namespace bansos

#endif  // GRPC_SCAN_STREAM_H_
