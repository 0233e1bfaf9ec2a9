// Subscriptions and reading of the log.
#include <gmock/gmock.h>

#include <thread>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SubscribeTest : public OfficeFixture {
 protected:
  // A subscription that is read until a condition holds.
  class Subscriber {
   public:
    Subscriber(std::shared_ptr<grpc::Channel> channel, const v1::SubscribeRequest& request)
        : stub_(v1::LogService::NewStub(channel)) {
      context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
      reader_ = stub_->Subscribe(&context_, request);
    }
    ~Subscriber() { context_.TryCancel(); }

    // Positions seen until everything before `end` was shown or filtered out.
    std::vector<uint64_t> ReadTo(uint64_t end) {
      std::vector<uint64_t> positions;
      v1::SubscribeResponse response;
      while (next_ < end && reader_->Read(&response)) {
        if (response.has_caught_up()) caught_up_.push_back(response.caught_up().position());
        if (!response.has_events()) continue;
        for (const v1::LoggedEvent& event : response.events().events()) {
          positions.push_back(event.position());
        }
        next_ = response.events().next_position();
      }
      EXPECT_GE(next_, end) << reader_->Finish().error_message();
      return positions;
    }
    void ReadUntilCaughtUp() {
      v1::SubscribeResponse response;
      const size_t before = caught_up_.size();
      while (caught_up_.size() == before && reader_->Read(&response)) {
        if (response.has_caught_up()) caught_up_.push_back(response.caught_up().position());
      }
    }
    const std::vector<uint64_t>& caught_up() const { return caught_up_; }
    grpc::Status Finish() { return reader_->Finish(); }
    bool Read(v1::SubscribeResponse& response) { return reader_->Read(&response); }

   private:
    std::unique_ptr<v1::LogService::Stub> stub_;
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReader<v1::SubscribeResponse>> reader_;
    uint64_t next_ = 0;
    std::vector<uint64_t> caught_up_;
  };
};

TEST_F(SubscribeTest, HistoryThenLiveEachOnceUnderConcurrentWrites) {
  OpenOffice();
  Register(0, 3000);
  Subscriber subscriber(channel(), v1::SubscribeRequest());
  constexpr int kWriters = 3;
  constexpr int kRequests = 20;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([this, writer] {
      for (int i = 0; i < kRequests; ++i) Register(10'000 * (writer + 1) + 7 * i, 7);
    });
  }
  const uint64_t end = 6 + 3000 + kWriters * kRequests * 7;
  const std::vector<uint64_t> positions = subscriber.ReadTo(end);
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(parts().log().Head().size, end);
  ASSERT_EQ(positions.size(), end);
  for (uint64_t i = 0; i < end; ++i) ASSERT_EQ(positions[i], i);
}

TEST_F(SubscribeTest, CaughtUpIsToldOnceAndThenItIsLive) {
  OpenOffice();
  const uint64_t size = parts().log().Head().size;
  v1::SubscribeRequest request;
  request.set_from_position(size);  // Only what comes.
  Subscriber subscriber(channel(), request);
  subscriber.ReadUntilCaughtUp();
  EXPECT_THAT(subscriber.caught_up(), ElementsAre(size));
  Register(0, 5);
  EXPECT_THAT(subscriber.ReadTo(size + 5), SizeIs(5));
  Register(5, 1);
  EXPECT_THAT(subscriber.ReadTo(size + 6), ElementsAre(size + 5));
  EXPECT_THAT(subscriber.caught_up(), ElementsAre(size));
}

TEST_F(SubscribeTest, FiltersByTypeProgramAndRecipient) {
  OpenOffice();
  const std::vector<uint64_t> recipients = Register(0, 4);
  Propose(recipients);
  const uint64_t end = parts().log().Head().size;
  v1::SubscribeRequest by_type;
  by_type.mutable_filter()->add_types("CandidateProposed");
  EXPECT_THAT(Subscriber(channel(), by_type).ReadTo(end), SizeIs(4));
  v1::SubscribeRequest by_recipient;
  by_recipient.mutable_filter()->add_recipients(recipients[1]);
  EXPECT_THAT(Subscriber(channel(), by_recipient).ReadTo(end), SizeIs(2));
  v1::SubscribeRequest by_program;
  by_program.mutable_filter()->add_programs("KJS");
  EXPECT_THAT(Subscriber(channel(), by_program).ReadTo(end), SizeIs(3 + 4));
  by_program.mutable_filter()->add_types("BudgetAppropriated");
  EXPECT_THAT(Subscriber(channel(), by_program).ReadTo(end), SizeIs(1));
}

TEST_F(SubscribeTest, WrongSubscriptionsAreRefused) {
  v1::SubscribeResponse response;
  v1::SubscribeRequest request;
  request.mutable_filter()->add_types("PaymentLost");
  Subscriber unknown_type(channel(), request);
  EXPECT_FALSE(unknown_type.Read(response));
  EXPECT_EQ(unknown_type.Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  request.clear_filter();
  request.set_from_position(1'000'000);
  Subscriber beyond(channel(), request);
  EXPECT_FALSE(beyond.Read(response));
  EXPECT_EQ(beyond.Finish().error_code(), grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(SubscribeTest, StoppingServerEndsSubscriptions) {
  Subscriber subscriber(channel(), v1::SubscribeRequest());
  subscriber.ReadUntilCaughtUp();
  std::thread stopper([this] { StopServer(); });
  v1::SubscribeResponse response;
  while (subscriber.Read(response)) {
  }
  EXPECT_EQ(subscriber.Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  stopper.join();
}

TEST_F(SubscribeTest, ReadsBothWaysAndByTime) {
  OpenOffice();
  const uint64_t before = parts().log().Head().size;
  clock().AdvanceMicros(3'600'000'000);
  Register(0, 10);
  v1::ReadEventsRequest request;
  request.set_limit(4);
  request.set_backward(true);
  auto page = Call(&v1::LogService::Stub::ReadEvents, request);
  ASSERT_THAT(page.events(), SizeIs(4));
  EXPECT_EQ(page.events(0).position(), before + 9);
  EXPECT_EQ(page.next_position(), before + 5);
  request.set_from_position(page.next_position());
  page = Call(&v1::LogService::Stub::ReadEvents, request);
  EXPECT_EQ(page.events(0).position(), before + 5);

  v1::ReadEventsRequest by_time;
  by_time.mutable_from_time()->set_seconds(kStartTimeUs / 1'000'000 + 60);
  page = Call(&v1::LogService::Stub::ReadEvents, by_time);
  ASSERT_THAT(page.events(), SizeIs(10));
  EXPECT_EQ(page.events(0).position(), before);
  EXPECT_FALSE(page.has_next_position());
  by_time.set_backward(true);
  page = Call(&v1::LogService::Stub::ReadEvents, by_time);
  EXPECT_EQ(page.events(0).position(), before - 1);

  v1::ReadEventsRequest first;
  first.set_backward(true);
  first.set_from_position(0);
  page = Call(&v1::LogService::Stub::ReadEvents, first);
  ASSERT_THAT(page.events(), SizeIs(1));
  EXPECT_EQ(page.events(0).event().ledger_opened().ledger_id(), kDefaultLedgerId);
}

TEST_F(SubscribeTest, HeadTellsTheRoot) {
  const auto head = Call(&v1::LogService::Stub::GetHead, v1::GetHeadRequest());
  EXPECT_EQ(head.true_at().position(), 1u);
  EXPECT_EQ(head.root(), std::string(AsBytes(parts().log().Head().root)));
  EXPECT_EQ(head.ledger_id(), kDefaultLedgerId);
}

}  // namespace
}  // namespace bansos::testing
