#include "tools/bansosctl/client/connection.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tools/bansosctl/client/call_error.h"

namespace bansos {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr char kActorMetadata[] = "bansos-actor";
// Pages of 8,192 rows with account details are some 2 MiB; this leaves room.
constexpr int kMessageBytesMax = 64 * 1024 * 1024;
constexpr milliseconds kPauseFirst(50);
constexpr milliseconds kPauseMax(2000);
// A server that is only starting is there within this; a wrong address never is.
constexpr milliseconds kFirstAnswer(5000);

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetMaxSendMessageSize(kMessageBytesMax);
  // gRPC's own pauses between connects would otherwise grow to two minutes. The least pause is also
  // how long one connect may take.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

Connection::Connection(Options options)
    : options_(std::move(options)), channel_(OpenChannel(options_.server)) {}

v1::WriteOptions Connection::write_options(bool dry_run) const {
  v1::WriteOptions write;
  write.set_request_id(options_.request_id);
  write.set_dry_run(dry_run);
  return write;
}

std::unique_ptr<grpc::ClientContext> Connection::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  if (!options_.actor.empty()) context->AddMetadata(kActorMetadata, options_.actor);
  return context;
}

void Connection::Pause(const absl::Status& status, milliseconds wait) const {
  const auto until = std::chrono::system_clock::now() + wait;
  // A lost connection comes back only while somebody waits for it, and then there is no more to
  // wait for. A server that is there and busy wants its pause.
  const bool lost = absl::IsUnavailable(status) &&
                    channel_->GetState(/*try_to_connect=*/true) != GRPC_CHANNEL_READY;
  if (!lost || !channel_->WaitForConnected(until)) std::this_thread::sleep_until(until);
}

absl::Status Connection::Retry(const std::function<grpc::Status(grpc::ClientContext&)>& attempt) {
  const auto started = steady_clock::now();
  const auto timeout = milliseconds(options_.timeout_ms);
  milliseconds pause = kPauseFirst;
  while (true) {
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    context->set_deadline(std::chrono::system_clock::now() + timeout -
                          std::chrono::duration_cast<milliseconds>(steady_clock::now() - started));
    absl::Status status = FromGrpc(attempt(*context));
    if (!absl::IsUnavailable(status)) answered_ = true;
    if (!IsWorthRetrying(status)) return status;
    const milliseconds wait = std::max(pause, milliseconds(RetryDelayMs(status)));
    const auto limit = answered_ ? timeout : std::min(timeout, kFirstAnswer);
    if (steady_clock::now() + wait - started > limit) return status;
    Pause(status, wait);
    pause = std::min(pause * 2, kPauseMax);
  }
}

}  // namespace bansos
