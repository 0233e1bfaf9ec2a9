#include "grpc/server.h"

#include <chrono>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "grpc/limits.h"
#include "grpc/services.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace bansos {
namespace {

// A commit and its answer take milliseconds; a trial balance may take seconds.
constexpr std::chrono::seconds kDrainTime(5);

// Four numbers of which the first is 127.
bool IsLoopbackV4(absl::string_view host) {
  const std::vector<absl::string_view> parts = absl::StrSplit(host, '.');
  if (parts.size() != 4 || parts[0] != "127") return false;
  for (const absl::string_view part : parts) {
    int number = 0;
    if (!absl::SimpleAtoi(part, &number) || number < 0 || number > 255) return false;
  }
  return true;
}

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  grpc::ResourceQuota quota("bansos");
  builder.SetResourceQuota(quota.Resize(kMaxTransportBytes).SetMaxThreads(kMaxTransportThreads));
  // A second server on the same port would take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConnectionCalls);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, kConnectionIdleMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, kMaxPingStrikes);
}

}  // namespace

absl::Status CheckLoopback(const std::string& address) {
  const size_t colon = address.rfind(':');
  int port = -1;
  const bool has_port = colon != std::string::npos &&
                        absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 0 &&
                        port <= 65535;
  const std::string host = has_port ? address.substr(0, colon) : address;
  if (has_port && (host == "localhost" || host == "[::1]" || IsLoopbackV4(host))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("will not listen on \"", address,
                                                 "\": callers are not authenticated yet, so only "
                                                 "loopback is allowed. Use 127.0.0.1:PORT with a "
                                                 "port of 0 to 65535."));
}

Server::Server() = default;
Server::~Server() { Stop(); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(LedgerParts& parts,
                                                      const std::string& address) {
  if (absl::Status loopback = CheckLoopback(address); !loopback.ok()) return loopback;
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  std::unique_ptr<Server> server(new Server());
  server->services_ = std::make_unique<Services>(parts);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &server->port_);
  SetLimits(builder);
  server->services_->Register(builder);
  std::unique_ptr<grpc::Server> started = builder.BuildAndStart();
  if (started == nullptr || server->port_ == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address,
                     ": is the port taken? Stop the other server, or choose another port."));
  }
  started->GetHealthCheckService()->SetServingStatus(false);
  absl::MutexLock lock(&server->mutex_);
  server->server_ = std::move(started);
  return server;
}

void Server::SetServing(bool serving) {
  absl::MutexLock lock(&mutex_);
  if (stopping_) return;
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void Server::FollowHealth(
    LedgerParts& parts,
    std::function<void(const std::string& event, const std::string& details)> tell) {
  Projector& projector = parts.projector();
  // Both run when the projector stops, in this order.
  const uint64_t size = parts.log().Head().size;
  projector.CallAtPosition(size, [this, &projector, size, tell] {
    if (!projector.status().ok() || projector.Head().size < size) return;
    SetServing(true);
    tell("serving", "");
  });
  projector.CallAtPosition(~uint64_t{0}, [this, &projector, tell] {
    const absl::Status status = projector.status();
    if (status.ok()) return;
    SetServing(false);
    tell("views_failed", absl::StrCat("status=\"", absl::CEscape(status.ToString()), "\""));
  });
}

void Server::Stop() {
  SetServing(false);
  std::unique_ptr<grpc::Server> server;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    server = std::move(server_);
  }
  if (server == nullptr) return;
  services_->EndStreams();
  server->Shutdown(std::chrono::system_clock::now() + kDrainTime);
}

}  // namespace bansos
