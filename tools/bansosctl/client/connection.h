// Connection: the calls of bansosctl to one server: who calls, how long to wait, when to try again.
//
// A call is tried again with growing pauses while the server is not there or busy, until its time
// is over; that is safe because no fact is ever written twice. A server that never answered is
// given up sooner. Thread-safe: calls may run at the same time.
#ifndef TOOLS_BANSOSCTL_CLIENT_CONNECTION_H_
#define TOOLS_BANSOSCTL_CLIENT_CONNECTION_H_

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/sync_stream.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/scan_bar.h"

namespace bansos {

class Connection {
 public:
  struct Options {
    std::string server;      // "127.0.0.1:50051"
    std::string actor;       // opaque id of the caller; may be empty for queries
    std::string request_id;  // for tracing only
    int64_t timeout_ms = 0;  // for one call, all its tries together
    v1::ReadOptions read;    // as of when queries ask that do not say it themselves
  };

  explicit Connection(Options options);

  // One call, tried again where that helps. Errors are those of FromGrpc; INVALID_ARGUMENT when
  // the options ask as of some moment and this method cannot.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) {
    Stub stub(channel_);
    Response response;
    const absl::StatusOr<Request> asked = AsOf(request);
    if (!asked.ok()) return asked.status();
    const absl::Status status = Retry([&](grpc::ClientContext& context) {
      response.Clear();
      return (stub.*method)(&context, *asked, &response);
    });
    if (!status.ok()) return status;
    return response;
  }

  // The same of a method that tells how far its scan is and then the answer; shows that as a
  // progress bar, named `label`.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Follow(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                                      grpc::ClientContext*, const Request&),
                                  const Request& request, const std::string& label, Clock& clock) {
    Stub stub(channel_);
    Response response;
    const absl::StatusOr<Request> asked = AsOf(request);
    if (!asked.ok()) return asked.status();
    const absl::Status status = Retry([&](grpc::ClientContext& context) {
      const auto stream = (stub.*method)(&context, *asked);
      ScanBar bar(label, clock);
      bool answered = false;
      while (stream->Read(&response)) {
        answered = !response.has_progress();
        if (!answered) bar.Show(response.progress());
      }
      const grpc::Status ended = stream->Finish();
      if (ended.ok() && !answered) {
        return grpc::Status(grpc::StatusCode::INTERNAL, "the server ended without an answer");
      }
      if (ended.ok()) bar.ShowWhole();
      return ended;
    });
    if (!status.ok()) return status;
    return response;
  }

  // How requests that record are to be recorded.
  v1::WriteOptions write_options(bool dry_run = false) const;

  // For streams: a context with the caller's metadata and no deadline.
  std::unique_ptr<grpc::ClientContext> NewContext() const;
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  const Options& options() const { return options_; }

 private:
  template <typename Request>
  absl::StatusOr<Request> AsOf(Request request) const {
    if (options_.read.as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) return request;
    if constexpr (requires { request.mutable_read(); }) {
      if (request.read().as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) {
        *request.mutable_read() = options_.read;
      }
      return request;
    } else {
      return absl::InvalidArgumentError("--as-of is for queries; this command does something else");
    }
  }

  // Before the next try after `status`.
  void Pause(const absl::Status& status, std::chrono::milliseconds wait) const;
  absl::Status Retry(const std::function<grpc::Status(grpc::ClientContext&)>& attempt);

  const Options options_;
  const std::shared_ptr<grpc::Channel> channel_;
  std::atomic<bool> answered_ = false;  // by the server, at least once
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_CONNECTION_H_
