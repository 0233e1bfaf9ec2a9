// Connection::Follow against a server that does what the test says.
#include <memory>
#include <string>
#include <vector>

#include "bansos/v1/audit_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "ledger/base/clock.h"
#include "tests/support/status_matchers.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using v1::GetTrialBalanceRequest;
using v1::GetTrialBalanceResponse;

// Each call is one try: what it sends, and how it ends.
struct Try {
  std::vector<GetTrialBalanceResponse> messages;
  grpc::Status status;
};

class TryingService final : public v1::AuditService::Service {
 public:
  explicit TryingService(std::vector<Try> tries) : tries_(std::move(tries)) {}

  grpc::Status GetTrialBalance(grpc::ServerContext*, const GetTrialBalanceRequest* request,
                               grpc::ServerWriter<GetTrialBalanceResponse>* writer) override {
    EXPECT_EQ(request->program(), "KJS");
    EXPECT_EQ(request->read().as_of_position(), 9u);
    const Try& now = tries_.at(next_++);
    for (const GetTrialBalanceResponse& message : now.messages) writer->Write(message);
    return now.status;
  }

 private:
  const std::vector<Try> tries_;
  size_t next_ = 0;
};

GetTrialBalanceResponse Progress(uint64_t events) {
  GetTrialBalanceResponse message;
  message.mutable_progress()->set_events(events);
  message.mutable_progress()->set_of_events(1'000'000);
  return message;
}

GetTrialBalanceResponse Movements(uint64_t movements) {
  GetTrialBalanceResponse message;
  message.set_movements(movements);
  return message;
}

absl::StatusOr<GetTrialBalanceResponse> Followed(std::vector<Try> tries) {
  TryingService service(std::move(tries));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  Connection::Options options;
  options.server = "127.0.0.1:" + std::to_string(port);
  options.timeout_ms = 60'000;
  options.read.set_as_of_position(9);
  Connection connection(options);
  ManualClock clock(0);
  GetTrialBalanceRequest request;
  request.set_program("KJS");
  return connection.Follow(&v1::AuditService::Stub::GetTrialBalance, request, "trial", clock);
}

TEST(FollowTest, TheAnswerIsWhatIsNoProgress) {
  ASSERT_OK_AND_ASSIGN(const GetTrialBalanceResponse answer,
                       Followed({{{Progress(10), Progress(20), Movements(7)}, grpc::Status::OK}}));
  EXPECT_EQ(answer.movements(), 7u);
  EXPECT_FALSE(answer.has_progress());
}

TEST(FollowTest, AStreamThatBreaksIsAskedForAgain) {
  const grpc::Status broken(grpc::StatusCode::UNAVAILABLE, "gone");
  ASSERT_OK_AND_ASSIGN(const GetTrialBalanceResponse answer,
                       Followed({{{Progress(10), Movements(6)}, broken},
                                 {{Progress(10)}, broken},
                                 {{Movements(7)}, grpc::Status::OK}}));
  EXPECT_EQ(answer.movements(), 7u);
}

TEST(FollowTest, AnEndWithoutAnAnswerIsAnError) {
  EXPECT_THAT(Followed({{{Progress(10)}, grpc::Status::OK}}),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(Followed({{{Progress(10)}, grpc::Status(grpc::StatusCode::DATA_LOSS, "torn")}}),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bansos
