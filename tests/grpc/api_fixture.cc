#include "tests/grpc/api_fixture.h"

#include <unistd.h>

#include <cstdlib>

#include "grpc/limits.h"
#include "grpc/new_ledger.h"
#include "grpcpp/generic/generic_stub.h"
#include "ledger/base/check.h"

namespace bansos::testing {

std::vector<v1::Refusal> RefusalsOf(const grpc::Status& status) {
  v1::StatusDetail detail;
  std::vector<v1::Refusal> refusals;
  if (!detail.ParseFromString(status.error_details())) return refusals;
  for (const auto& any : detail.details()) {
    v1::Refusal refusal;
    if (any.UnpackTo(&refusal)) refusals.push_back(std::move(refusal));
  }
  return refusals;
}

ApiFixture::ApiFixture() {
  std::string pattern = std::filesystem::temp_directory_path() / "bansos-api-XXXXXX";
  CHECK(mkdtemp(pattern.data()) != nullptr);
  directory_ = pattern;
  StartServer();
}

ApiFixture::~ApiFixture() {
  StopServer();
  std::filesystem::remove_all(directory_);
}

void ApiFixture::StartServer() {
  LedgerOptions options;
  options.data_dir = directory_ / "data";
  options.key_file = directory_ / "wrapping.key";
  options.clock = &clock_;
  options.on_fatal = [](const absl::Status& status) { CHECK_OK(status); };
  options.extra_view = extra_view_;
  if (!std::filesystem::exists(options.data_dir)) {
    CHECK_OK(CreateLedger(options));
  }
  auto parts = LedgerParts::Open(std::move(options));
  CHECK_OK(parts.status());
  parts_ = *std::move(parts);
  auto server = Server::Start(*parts_, "127.0.0.1:0");
  CHECK_OK(server.status());
  server_ = *std::move(server);
  server_->FollowHealth(*parts_, [](const std::string&, const std::string&) {});
  Reconnect();
}

void ApiFixture::Reconnect() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(2 * kMaxMessageBytes);
  // Each test has a connection of its own.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(server_->port()),
                                       grpc::InsecureChannelCredentials(), arguments);
}

void ApiFixture::StopServer() {
  if (server_ == nullptr) return;
  channel_.reset();
  server_->Stop();
  parts_->Stop();
  server_.reset();
  parts_.reset();
}

v1::GetStatusResponse ApiFixture::StatusNow() {
  v1::GetStatusRequest request;
  request.mutable_read()->set_min_position(parts().log().Head().size);
  return Call(&v1::AdminService::Stub::GetStatus, request);
}

grpc::Status ApiFixture::CallBytes(const std::string& method, const std::string& request,
                                   std::string& response, std::chrono::milliseconds timeout,
                                   const std::string& actor) {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  Prepare(context, actor, timeout);
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request);
  grpc::ByteBuffer answer;
  grpc::Status status;
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&slice, 1), &queue);
  call->StartCall();
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  CHECK(queue.Next(&tag, &ok));
  grpc::Slice whole;
  if (status.ok() && answer.DumpToSingleSlice(&whole).ok()) {
    response.assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
  }
  return status;
}

bool ApiFixture::Serving() {
  // The messages of the health service have one field each; no header for them is installed.
  std::string response;
  const grpc::Status status =
      CallBytes("/grpc.health.v1.Health/Check", "", response, std::chrono::seconds(60));
  return status.ok() && response == "\x08\x01";
}

void ApiFixture::Restart() {
  StopServer();
  StartServer();
}

}  // namespace bansos::testing
