// Calls that wait: for a position, within their deadline, without a thread.
#include <gmock/gmock.h>

#include <future>

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

TEST_F(WaitingTest, CallPastItsDeadlineIsNotWorkedOn) {
  OpenOffice();
  v1::RegisterRecipientsResponse response;
  const grpc::Status status = Try(&v1::RecipientService::Stub::RegisterRecipients,
                                  Registrations(0, 1), response, "operator-1", -1s);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace bansos::testing
