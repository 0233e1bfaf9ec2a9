// What bansosctl does with errors, documents and several requests at a time, without a server.
#include <atomic>
#include <future>
#include <string>
#include <vector>

#include "bansos/v1/common.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tools/bansosctl/client/basis.h"
#include "tools/bansosctl/client/call_error.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/client/tally.h"

namespace bansos {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

grpc::Status RefusedStatus() {
  v1::Refusal refusal;
  refusal.set_code("QUOTA_EXCEEDED");
  refusal.set_message("the quota is full: KJS. End an entitlement, or amend the quota.");
  v1::StatusDetail detail;
  detail.add_details()->PackFrom(refusal);
  return grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "the quota is full",
                      detail.SerializeAsString());
}

TEST(CallErrorTest, TellsTheRefusalByName) {
  const absl::Status status = FromGrpc(RefusedStatus());
  EXPECT_EQ(ExitCodeOf(status), kExitRefused);
  EXPECT_EQ(Describe(status),
            "failed precondition, QUOTA_EXCEEDED: the quota is full: KJS. End an entitlement, or "
            "amend the quota.");
}

TEST(CallErrorTest, ExitCodesTellWhoseFaultItIs) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("--by")), kExitUsage);
  EXPECT_EQ(ExitCodeOf(FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "gone"))),
            kExitUnreachable);
  EXPECT_EQ(ExitCodeOf(FromGrpc(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "bad"))),
            kExitRefused);
}

TEST(CallErrorTest, DetailsThatAreGarbageDoNotHideTheMessage) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::ABORTED, "facts changed", "\xff\xff\xff"));
  EXPECT_THAT(Describe(status), HasSubstr("facts changed"));
  EXPECT_TRUE(RefusalsOf(status).empty());
}

TEST(CallErrorTest, SplitsReasonAndAdvice) {
  const RefusalParts parts = SplitMessage("the area is not published: 99.99. Publish the areas.");
  EXPECT_EQ(parts.reason, "the area is not published: 99.99");
  EXPECT_EQ(parts.advice, "Publish the areas");
  EXPECT_EQ(SplitMessage("no advice.").reason, "no advice");
}

TEST(BasisTest, NumbersOfDocumentsMayHoldSlashes) {
  const auto basis = ToBasis({.document = "SK/460/12/2025/10-01-2025"});
  ASSERT_OK(basis.status());
  EXPECT_EQ(basis->document().kind(), "SK");
  EXPECT_EQ(basis->document().number(), "460/12/2025");
  EXPECT_EQ(basis->document().date(), "2025-01-10");
}

TEST(BasisTest, RefusesWhatIsNoDocument) {
  for (const char* wrong : {"SK", "SK/2025-01-10", "SK/1/2025-13-10", "/1/2025-01-10", "SK//"}) {
    EXPECT_FALSE(ToBasis({.document = wrong}).ok()) << wrong;
  }
}

TEST(BasisTest, KeysAreReadAsTheyAreWritten) {
  const auto key = ParsePaymentKey("BLT-DBHCHT/2/4711/1");
  ASSERT_OK(key.status());
  EXPECT_EQ(FormatPaymentKey(*key), "BLT-DBHCHT/2/4711/1");
  for (const char* wrong : {"KJS/1", "KJS/1/x", "KJS/0/1", "/1/1", "KJS/1/1/1",
                            // Cut to 32 bits these would be KJS/1/1.
                            "KJS/4294967297/1", "KJS/1/4294967297"}) {
    EXPECT_FALSE(ParseBatchKey(wrong).ok()) << wrong;
  }
  for (const char* wrong : {"KJS/4294967297/7/1", "KJS/1/7/4294967297"}) {
    EXPECT_FALSE(ParsePaymentKey(wrong).ok()) << wrong;
  }
  EXPECT_OK(ParsePaymentKey("KJS/1/4294967297/1").status());
}

TEST(RequestWindowTest, HandsAnswersOverInOrder) {
  RequestWindow<int> window(2);
  std::promise<void> second_done;
  std::vector<int> answers;
  const auto take = [&](int answer) {
    answers.push_back(answer);
    return absl::OkStatus();
  };
  // The first request ends after the second.
  ASSERT_OK(window.Submit(
      [&] {
        second_done.get_future().wait();
        return absl::StatusOr<int>(1);
      },
      take));
  ASSERT_OK(window.Submit(
      [&] {
        second_done.set_value();
        return absl::StatusOr<int>(2);
      },
      take));
  ASSERT_OK(window.Finish());
  EXPECT_THAT(answers, ElementsAre(1, 2));
}

TEST(RequestWindowTest, OneInFlightMeansOneAfterTheOther) {
  RequestWindow<int> window(kOneRequestInFlight);
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  for (int i = 0; i < 20; ++i) {
    ASSERT_OK(window.Submit(
        [&] {
          most = std::max(most.load(), ++running);
          --running;
          return absl::StatusOr<int>(0);
        },
        [](int) { return absl::OkStatus(); }));
  }
  ASSERT_OK(window.Finish());
  EXPECT_EQ(most, 1);
}

TEST(RequestWindowTest, AnErrorEndsTheHandingOver) {
  RequestWindow<int> window(2);
  ASSERT_OK(window.Submit([] { return absl::StatusOr<int>(absl::AbortedError("no")); },
                          [](int) { return absl::OkStatus(); }));
  EXPECT_EQ(window.Finish().code(), absl::StatusCode::kAborted);
}

TEST(TallyTest, NumbersForMachinesArePlain) {
  const Tally tally{.job = "import recipients", .unit = "rows", .items = 12'764};
  EXPECT_THAT(tally.ToTable(/*plain=*/true).ToCsv(), HasSubstr("looked at,12764\n"));
  EXPECT_THAT(tally.ToTable(/*plain=*/false).ToText(), HasSubstr("12.764"));
}

TEST(TallyTest, AJobWithRefusedItemsIsRefused) {
  const absl::Status status =
      RefusedItems({.job = "send", .unit = "orders", .items = 7, .rejected = 3});
  EXPECT_EQ(ExitCodeOf(status), kExitRefused);
  EXPECT_THAT(Describe(status), HasSubstr("3 of 7 orders were refused"));
}

TEST(TallyTest, CountsRunsAndRefusals) {
  v1::Outcomes outcomes;
  outcomes.add_accepted()->set_count(7);
  v1::AcceptedRange& already = *outcomes.add_accepted();
  already.set_count(2);
  already.set_already_recorded(true);
  outcomes.add_refusals()->set_code("KEY_TAKEN");
  Tally tally;
  tally.Add(outcomes);
  EXPECT_EQ(tally.recorded, 7u);
  EXPECT_EQ(tally.already, 2u);
  EXPECT_EQ(tally.rejected_by_reason["KEY_TAKEN"], 1u);
}

}  // namespace
}  // namespace bansos
