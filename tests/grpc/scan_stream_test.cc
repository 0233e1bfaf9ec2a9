// ScanStream over real gRPC, with a scan that does what the test says: what a caller is told on the
// way, who ends a scan, and that no caller holds a lane's thread. What waits for the clock does so
// only when a test fails.
#include "grpc/scan_stream.h"

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "bansos/v1/audit_service.grpc.pb.h"
#include "grpc/limits.h"
#include "grpcpp/grpcpp.h"

namespace bansos::testing {
namespace {

using v1::GetTrialBalanceRequest;
using v1::GetTrialBalanceResponse;
using Reader = std::unique_ptr<grpc::ClientReader<GetTrialBalanceResponse>>;

constexpr uint64_t kAllEvents = uint64_t{1} << 60;
constexpr absl::Duration kLongest = absl::Seconds(30);

class ScriptedService final
    : public v1::AuditService::WithRawCallbackMethod_GetTrialBalance<v1::AuditService::Service> {
 public:
  using Script =
      std::function<void(const Caller&, const TellProgress&, Answer<GetTrialBalanceResponse>)>;

  ScriptedService(Lanes& lanes, Script script) : lanes_(lanes), script_(std::move(script)) {}

  grpc::ServerWriteReactor<Bytes>* GetTrialBalance(Context* context,
                                                   const Bytes* request) override {
    return HandOverScan(lanes_, context, request, this, &ScriptedService::Scan);
  }

 private:
  void Scan(GetTrialBalanceRequest, const Caller& caller, TellProgress tell,
            Answer<GetTrialBalanceResponse> answer) {
    script_(caller, tell, std::move(answer));
  }

  Lanes& lanes_;
  const Script script_;
};

class ScanStreamTest : public ::testing::Test {
 protected:
  ~ScanStreamTest() override {
    if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
  }

  void Serve(ScriptedService::Script script) {
    service_ = std::make_unique<ScriptedService>(lanes_, std::move(script));
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    stub_ = v1::AuditService::NewStub(grpc::CreateChannel("127.0.0.1:" + std::to_string(port),
                                                          grpc::InsecureChannelCredentials()));
  }

  Reader Ask(grpc::ClientContext& context, absl::Duration within = kLongest) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + within));
    return stub_->GetTrialBalance(&context, GetTrialBalanceRequest());
  }

  static GetTrialBalanceResponse Movements(uint64_t movements) {
    GetTrialBalanceResponse response;
    response.set_movements(movements);
    return response;
  }

  // All that follows; the call must end well.
  static std::vector<GetTrialBalanceResponse> Rest(const Reader& reader) {
    std::vector<GetTrialBalanceResponse> messages;
    GetTrialBalanceResponse message;
    while (reader->Read(&message)) messages.push_back(message);
    const grpc::Status status = reader->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return messages;
  }

  std::unique_ptr<ScriptedService> service_;
  Lanes lanes_;  // Its threads end before the service does.
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::AuditService::Stub> stub_;
};

TEST_F(ScanStreamTest, TellsProgressThatRisesAndThenTheAnswer) {
  absl::Notification enough;
  Serve([&](const Caller& caller, const TellProgress& tell, const auto& answer) {
    for (uint64_t i = 0; !enough.HasBeenNotified() && !caller.life->over(); ++i) {
      tell(i * kProgressEvents, kAllEvents);
    }
    answer(Movements(7));
  });
  grpc::ClientContext context;
  const Reader reader = Ask(context);
  uint64_t told = 0;
  const auto check = [&](const GetTrialBalanceResponse& message) {
    EXPECT_TRUE(message.has_progress());
    EXPECT_GE(message.progress().events(), told + kProgressEvents);
    EXPECT_EQ(message.progress().of_events(), kAllEvents);
    EXPECT_EQ(message.movements(), 0u);
    told = message.progress().events();
  };
  for (int i = 0; i < 3; ++i) {
    GetTrialBalanceResponse message;
    ASSERT_TRUE(reader->Read(&message));
    check(message);
  }
  enough.Notify();
  const std::vector<GetTrialBalanceResponse> rest = Rest(reader);
  ASSERT_FALSE(rest.empty());
  for (size_t i = 0; i + 1 < rest.size(); ++i) check(rest[i]);
  EXPECT_FALSE(rest.back().has_progress());
  EXPECT_EQ(rest.back().movements(), 7u);
}

TEST_F(ScanStreamTest, AShortScanTellsItsAnswerAlone) {
  // It goes on where an earlier one ended.
  Serve([](const Caller&, const TellProgress& tell, const auto& answer) {
    tell(9 * kProgressEvents, kAllEvents);
    tell(10 * kProgressEvents - 1, kAllEvents);
    answer(Movements(7));
    answer(Movements(8));
  });
  grpc::ClientContext context;
  const std::vector<GetTrialBalanceResponse> messages = Rest(Ask(context));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_FALSE(messages[0].has_progress());
  EXPECT_EQ(messages[0].movements(), 7u);
}

TEST_F(ScanStreamTest, AnErrorIsToldAfterWhatWasTold) {
  Serve([](const Caller&, const TellProgress& tell, const auto& answer) {
    tell(0, kAllEvents);
    tell(kProgressEvents, kAllEvents);
    answer(absl::DataLossError("position 65540: no event"));
  });
  grpc::ClientContext context;
  const Reader reader = Ask(context);
  GetTrialBalanceResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_TRUE(message.has_progress());
  EXPECT_FALSE(reader->Read(&message));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::DATA_LOSS);
  EXPECT_EQ(status.error_message(), "position 65540: no event");
}

// Goes on telling until nobody wants it.
class EndlessScan {
 public:
  void operator()(const Caller& caller, const TellProgress& tell, const auto& answer) {
    const absl::Time end = absl::Now() + kLongest;
    for (uint64_t i = 0; !caller.life->over() && absl::Now() < end; ++i) {
      tell(i * kProgressEvents, kAllEvents);
    }
    answer(absl::CancelledError("nobody wants it"));
    if (absl::Now() < end) ended_.Notify();
  }
  bool Ended() { return ended_.WaitForNotificationWithTimeout(kLongest); }

 private:
  absl::Notification ended_;
};

TEST_F(ScanStreamTest, ACallerWhoCancelsEndsTheScan) {
  EndlessScan scan;
  Serve([&](const Caller& caller, const TellProgress& tell, const auto& answer) {
    scan(caller, tell, answer);
  });
  grpc::ClientContext context;
  const Reader reader = Ask(context, 2 * kLongest);
  GetTrialBalanceResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EXPECT_TRUE(message.has_progress());
  context.TryCancel();
  EXPECT_TRUE(scan.Ended());
  EXPECT_EQ(reader->Finish().error_code(), grpc::CANCELLED);
}

TEST_F(ScanStreamTest, ACallerWhoCancelsEndsAScanThatTellsNothing) {
  EndlessScan scan;
  absl::Notification begun;
  Serve([&](const Caller& caller, const TellProgress&, const auto& answer) {
    begun.Notify();
    scan(
        caller, [](uint64_t, uint64_t) {}, answer);
  });
  grpc::ClientContext context;
  const Reader reader = Ask(context, 2 * kLongest);
  ASSERT_TRUE(begun.WaitForNotificationWithTimeout(kLongest));
  context.TryCancel();
  EXPECT_TRUE(scan.Ended());
  EXPECT_EQ(reader->Finish().error_code(), grpc::CANCELLED);
}

TEST_F(ScanStreamTest, ADeadlineEndsTheScanOfACallerWhoDoesNotRead) {
  EndlessScan scan;
  Serve([&](const Caller& caller, const TellProgress& tell, const auto& answer) {
    scan(caller, tell, answer);
  });
  grpc::ClientContext context;
  const Reader reader = Ask(context, absl::Milliseconds(300));
  EXPECT_TRUE(scan.Ended());
  GetTrialBalanceResponse message;
  while (reader->Read(&message)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::DEADLINE_EXCEEDED);
}

// More such callers than the lane has threads, and answers that are not taken as well.
TEST_F(ScanStreamTest, CallersWhoDoNotReadHoldNoThread) {
  constexpr int kCallers = 2 * kScanThreads;
  constexpr uint64_t kTold = 200'000;
  absl::Notification all_answered;
  std::atomic<int> calls = 0;
  std::atomic<int> answered = 0;
  Serve([&](const Caller&, const TellProgress& tell, const auto& answer) {
    if (calls++ >= kCallers) return answer(Movements(7));
    for (uint64_t i = 0; i <= kTold; ++i) tell(i * kProgressEvents, kAllEvents);
    GetTrialBalanceResponse large = Movements(8);
    large.add_rows()->set_program(std::string(1 << 20, 'K'));
    answer(large);
    if (++answered == kCallers) all_answered.Notify();
  });
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<Reader> readers;
  for (int i = 0; i < kCallers; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    readers.push_back(Ask(*contexts.back()));
  }
  ASSERT_TRUE(all_answered.WaitForNotificationWithTimeout(kLongest));
  grpc::ClientContext other;
  EXPECT_EQ(Rest(Ask(other)).size(), 1u);
  // They were told less, and have their answers when they read.
  for (const Reader& reader : readers) {
    const std::vector<GetTrialBalanceResponse> messages = Rest(reader);
    ASSERT_FALSE(messages.empty());
    EXPECT_LT(messages.size(), kTold);
    EXPECT_EQ(messages.back().movements(), 8u);
  }
}

}  // namespace
}  // namespace bansos::testing
