// Calls that wait: for a position, within their deadline, without a thread.
#include <gmock/gmock.h>

#include <future>

#include "absl/synchronization/blocking_counter.h"
#include "grpc/limits.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using namespace std::chrono_literals;

class WaitingTest : public OfficeFixture {
 protected:
  static v1::ListProgramsRequest From(uint64_t position) {
    v1::ListProgramsRequest request;
    request.mutable_read()->set_min_position(position);
    return request;
  }
};

TEST_F(WaitingTest, QueryWaitsForThePositionThatItAsksFor) {
  const uint64_t size = parts().log().Head().size;
  auto waiting = std::async(std::launch::async, [&] {
    return Call(&v1::ProgramService::Stub::ListPrograms, From(size + 5));
  });
  OpenOffice();  // Five events.
  const v1::ListProgramsResponse response = waiting.get();
  EXPECT_EQ(response.programs_size(), 1);
  EXPECT_GE(response.true_at().position(), size + 5);
}

TEST_F(WaitingTest, WaitPastTheDeadlineEndsDeadlineExceeded) {
  v1::ListProgramsResponse response;
  const grpc::Status status =
      Try(&v1::ProgramService::Stub::ListPrograms, From(1'000), response, "operator-1", 200ms);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

// More waiting calls than the server has workers, and it still answers others.
TEST_F(WaitingTest, WaitingCallsHoldNoWorker) {
  std::vector<std::future<grpc::StatusCode>> waiting;
  for (int i = 0; i < 12; ++i) {
    waiting.push_back(std::async(std::launch::async, [this] {
      v1::ListProgramsResponse response;
      return Try(&v1::ProgramService::Stub::ListPrograms, From(1'000'000), response, "operator-1",
                 3s)
          .error_code();
    }));
  }
  OpenOffice();
  for (int i = 0; i < 20; ++i) Call(&v1::ProgramService::Stub::ListPrograms, From(0));
  for (auto& call : waiting) EXPECT_EQ(call.get(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

// Such a position was never told by this ledger: the call would only wait for its deadline.
TEST_F(WaitingTest, APositionFarBeyondTheLogIsRefusedAtOnce) {
  const uint64_t size = parts().log().Head().size;
  for (const uint64_t position : {size + kMaxAwaitedEvents + 1, ~uint64_t{0}}) {
    v1::ListProgramsResponse programs;
    const grpc::Status views =
        Try(&v1::ProgramService::Stub::ListPrograms, From(position), programs);
    EXPECT_EQ(views.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(views.error_message(), ::testing::HasSubstr("min_position"));
    v1::GetHeadRequest head;
    head.mutable_read()->set_min_position(position);
    v1::GetHeadResponse heads;
    EXPECT_EQ(Try(&v1::LogService::Stub::GetHead, head, heads).error_code(),
              grpc::StatusCode::INVALID_ARGUMENT);
    v1::GetTrialBalanceRequest balance;
    balance.mutable_read()->set_min_position(position);
    v1::GetTrialBalanceResponse balances;
    EXPECT_EQ(Try(&v1::AuditService::Stub::GetTrialBalance, balance, balances).error_code(),
              grpc::StatusCode::INVALID_ARGUMENT);
  }
}

// The calls above the limit wait at the client, and another connection does not feel them.
TEST_F(WaitingTest, AConnectionHasSoManyCallsAtATime) {
  v1::ProgramService::Stub stub(channel());
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<v1::ListProgramsResponse> responses(kMaxConnectionCalls);
  const v1::ListProgramsRequest never = From(1'000'000);
  absl::BlockingCounter ended(kMaxConnectionCalls);
  for (v1::ListProgramsResponse& response : responses) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    Prepare(*contexts.back(), "operator-1", 600s);
    stub.async()->ListPrograms(contexts.back().get(), &never, &response,
                               [&](const grpc::Status&) { ended.DecrementCount(); });
  }
  v1::ListProgramsResponse response;
  EXPECT_EQ(Try(&v1::ProgramService::Stub::ListPrograms, From(0), response, "operator-1", 2s)
                .error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  Reconnect();
  EXPECT_TRUE(Try(&v1::ProgramService::Stub::ListPrograms, From(0), response).ok());
  for (const auto& context : contexts) context->TryCancel();
  ended.Wait();
}

TEST_F(WaitingTest, CallPastItsDeadlineIsNotWorkedOn) {
  OpenOffice();
  v1::RegisterRecipientsResponse response;
  const grpc::Status status = Try(&v1::RecipientService::Stub::RegisterRecipients,
                                  Registrations(0, 1), response, "operator-1", -1s);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace bansos::testing
