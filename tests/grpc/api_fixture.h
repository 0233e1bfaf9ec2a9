// ApiFixture: a real server over a real RocksDB in a directory of its own, called over loopback
// gRPC. The clock stands at 2025-06-02 10:00 WIB until a test moves it.
#ifndef TESTS_GRPC_API_FIXTURE_H_
#define TESTS_GRPC_API_FIXTURE_H_

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bansos/v1/admin_service.grpc.pb.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "bansos/v1/balance_service.grpc.pb.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/eligibility_service.grpc.pb.h"
#include "bansos/v1/log_service.grpc.pb.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "bansos/v1/program_service.grpc.pb.h"
#include "bansos/v1/recipient_service.grpc.pb.h"
#include "google/protobuf/descriptor.h"
#include "grpc/ledger_parts.h"
#include "grpc/server.h"
#include "grpcpp/grpcpp.h"
#include "ledger/base/clock.h"

namespace bansos::testing {

inline constexpr int64_t kStartTimeUs = 1'748'833'200'000'000;  // 2025-06-02T03:00:00Z

// The refusals that a failed call carries.
std::vector<v1::Refusal> RefusalsOf(const grpc::Status& status);

// A method that tells how far its scan is, and then the answer.
template <typename Stub, typename Request, typename Response>
using ScanMethod = std::unique_ptr<grpc::ClientReader<Response>> (Stub::*)(grpc::ClientContext*,
                                                                           const Request&);

// Reads such a stream to its end; what it told goes to `told`.
template <typename Response>
grpc::Status ReadAnswer(grpc::ClientReader<Response>& reader, Response& answer,
                        std::vector<v1::ScanProgress>* told = nullptr) {
  Response message;
  int answers = 0;
  while (reader.Read(&message)) {
    EXPECT_EQ(answers, 0) << "something follows the answer";
    if (!message.has_progress()) {
      ++answers;
      answer = message;
    } else if (told != nullptr) {
      told->push_back(message.progress());
    }
  }
  const grpc::Status status = reader.Finish();
  EXPECT_EQ(answers, status.ok() ? 1 : 0);
  return status;
}

// One answer ends the call, so that CallBytes can ask it as long as the scan is short.
inline bool AnswersOnce(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) return false;
  const auto* progress = method.output_type()->FindFieldByName("progress");
  return !method.server_streaming() ||
         (progress != nullptr && progress->message_type() == v1::ScanProgress::descriptor());
}

class ApiFixture : public ::testing::Test {
 protected:
  ApiFixture();
  ~ApiFixture() override;

  // Starts on the same directory; stops first when it runs.
  void Restart();
  void StopServer();
  void StartServer();
  // Another connection takes the place of the channel.
  void Reconnect();
  // Adds a view to the next start.
  void AddView(std::function<std::unique_ptr<Fold>()> make) { extra_view_ = std::move(make); }

  std::shared_ptr<grpc::Channel> channel() { return channel_; }

  // Calls a method as `actor`; fails the test when the call fails.
  template <typename Stub, typename Request, typename Response>
  Response Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, const std::string& actor = "operator-1") {
    Response response;
    const grpc::Status status = Try(method, request, response, actor);
    EXPECT_TRUE(status.ok()) << Request::descriptor()->full_name() << ": "
                             << status.error_message();
    return response;
  }

  template <typename Stub, typename Request, typename Response>
  Response Call(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                              const Request&),
                const Request& request, const std::string& actor = "operator-1") {
    Response response;
    const grpc::Status status = Try(method, request, response, actor);
    EXPECT_TRUE(status.ok()) << Request::descriptor()->full_name() << ": "
                             << status.error_message();
    return response;
  }

  // The same, and returns the status. No actor is sent when it is empty.
  template <typename Stub, typename Request, typename Response>
  grpc::Status Try(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                   const Request& request, Response& response,
                   const std::string& actor = "operator-1",
                   std::chrono::milliseconds timeout = std::chrono::seconds(60)) {
    grpc::ClientContext context;
    Prepare(context, actor, timeout);
    Stub stub(channel_);
    return (stub.*method)(&context, request, &response);
  }

  template <typename Stub, typename Request, typename Response>
  grpc::Status Try(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                       grpc::ClientContext*, const Request&),
                   const Request& request, Response& response,
                   const std::string& actor = "operator-1",
                   std::chrono::milliseconds timeout = std::chrono::seconds(60)) {
    grpc::ClientContext context;
    Prepare(context, actor, timeout);
    Stub stub(channel_);
    return ReadAnswer(*(stub.*method)(&context, request), response);
  }

  // Calls a method of one answer by its path, "/package.Service/Method", with bytes.
  grpc::Status CallBytes(const std::string& method, const std::string& request,
                         std::string& response, std::chrono::milliseconds timeout,
                         const std::string& actor = "operator-1");

  static void Prepare(grpc::ClientContext& context, const std::string& actor,
                      std::chrono::milliseconds timeout) {
    if (!actor.empty()) context.AddMetadata("bansos-actor", actor);
    context.set_deadline(std::chrono::system_clock::now() + timeout);
  }

  // Asks for the status with digests of the newest position, for which it waits.
  v1::GetStatusResponse StatusNow();
  // What the health service says of the server.
  bool Serving();

  const std::filesystem::path& directory() const { return directory_; }
  LedgerParts& parts() { return *parts_; }
  ManualClock& clock() { return clock_; }

 private:
  std::filesystem::path directory_;
  ManualClock clock_{kStartTimeUs};
  std::unique_ptr<LedgerParts> parts_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::function<std::unique_ptr<Fold>()> extra_view_;
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_API_FIXTURE_H_
