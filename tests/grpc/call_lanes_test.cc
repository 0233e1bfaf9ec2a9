// The lane of a call follows from what it asks for, and what asks for much delays nothing short.
#include <gmock/gmock.h>

#include <functional>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "google/protobuf/message.h"
#include "grpc/balance_answers.h"
#include "grpc/batch_answers.h"
#include "grpc/sealing.h"
#include "tests/grpc/lanes_fixture.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using namespace std::chrono_literals;
using google::protobuf::FieldDescriptor;

constexpr int kMany = static_cast<int>(kMaxShortItems) + 1;

template <typename Request>
Lane LaneOf(const Request& request, size_t bytes = 0) {
  return LaneOfRequest(MethodOf(*Request::descriptor()), request, bytes);
}

v1::GetBalancesRequest ByRecipient(uint32_t page_size) {
  v1::GetBalancesRequest request;
  request.set_group_by(v1::BALANCE_GROUP_RECIPIENT);
  request.set_page_size(page_size);
  return request;
}

TEST(CallLanesTest, BalancesOfManyRecipientsAreAScan) {
  EXPECT_EQ(LaneOf(ByRecipient(kMany)), Lane::kScan);
  EXPECT_EQ(LaneOf(ByRecipient(0)), Lane::kScan);
  EXPECT_EQ(LaneOf(ByRecipient(kMany - 1)), Lane::kRead);
  v1::GetBalancesRequest request = ByRecipient(1);
  request.set_page_token("later");
  EXPECT_EQ(LaneOf(request), Lane::kScan);
  request = ByRecipient(0);
  request.set_recipient(7);
  EXPECT_EQ(LaneOf(request), Lane::kRead);
  request.clear_recipient();
  request.set_group_by(v1::BALANCE_GROUP_AREA);
  EXPECT_EQ(LaneOf(request), Lane::kRead);
}

TEST(CallLanesTest, ManyPayeesAreAScan) {
  v1::ListBatchPaymentsRequest request;
  EXPECT_EQ(LaneOf(request), Lane::kRead);
  request.set_include_payee(true);
  EXPECT_EQ(LaneOf(request), Lane::kScan);
  request.set_page_size(kMany - 1);
  EXPECT_EQ(LaneOf(request), Lane::kRead);
}

TEST(CallLanesTest, APageOfMoreRowsThanUsualIsAScan) {
  v1::ListCandidatesRequest request;
  request.set_page_size(kDefaultPageRows);
  EXPECT_EQ(LaneOf(request), Lane::kRead);
  request.set_page_size(kDefaultPageRows + 1);
  EXPECT_EQ(LaneOf(request), Lane::kScan);
}

TEST(CallLanesTest, WhatSignsAndWhatWritesOlderViewsHasItsLane) {
  v1::GetCheckpointRequest checkpoint;
  EXPECT_EQ(LaneOf(checkpoint), Lane::kRead);
  checkpoint.set_fresh(true);
  EXPECT_EQ(LaneOf(checkpoint), Lane::kSign);
  v1::GetStatusRequest status;
  EXPECT_EQ(LaneOf(status), Lane::kRead);
  status.mutable_read()->set_as_of_position(3);
  EXPECT_EQ(LaneOf(status), Lane::kScan);
}

// Holds for a method that is added tomorrow, too.
TEST(CallLanesTest, ManyItemsOfWhateverMethodAreInNoShortLane) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  int lists = 0;
  for (const MethodRow& row : AllMethods()) {
    const auto* type = DescriptorOf(row).input_type();
    EXPECT_EQ(LaneOfBytes(row, kMaxShortBytes), row.lane) << row.name;
    const Lane of_long = LaneOfBytes(row, kMaxShortBytes + 1);
    EXPECT_TRUE(of_long == Lane::kBulk || of_long == Lane::kScan) << row.name;
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (!field->is_repeated() || field->message_type() == nullptr) continue;
      ++lists;
      const std::unique_ptr<google::protobuf::Message> request(factory->GetPrototype(type)->New());
      for (int n = 0; n < kMany; ++n) request->GetReflection()->AddMessage(request.get(), field);
      const Lane expected = row.lane == Lane::kWrite ? Lane::kBulk : Lane::kScan;
      EXPECT_EQ(LaneOfRequest(row, *request, 0), expected) << row.name;
      request->GetReflection()->RemoveLast(request.get(), field);
      EXPECT_EQ(LaneOfRequest(row, *request, 0), row.lane) << row.name;
    }
  }
  EXPECT_GT(lists, 15);
}

TEST(CallLanesTest, ALargeDryRunIsAScanAndASmallOneAWrite) {
  v1::DecideEligibilityRequest request;
  request.mutable_options()->set_dry_run(true);
  request.add_recipients(1);
  EXPECT_EQ(LaneOf(request), Lane::kWrite);
  EXPECT_EQ(LaneOf(request, kMaxShortBytes + 1), Lane::kScan);
  for (int i = 1; i < kMany; ++i) request.add_recipients(1);
  EXPECT_EQ(LaneOf(request), Lane::kScan);
  request.mutable_options()->set_dry_run(false);
  EXPECT_EQ(LaneOf(request), Lane::kBulk);
}

class LongCallsTest : public LanesTest {
 protected:
  LongCallsTest() {
    OpenOffice(kMany);
    people_ = Entitle(kMany);
    ReleaseBatch(1, people_);
  }

  // Asks without waiting for the answer.
  template <typename Stub, typename Request, typename Response>
  void Begin(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
             Request request) {
    begun_.push_back(std::async(std::launch::async, [this, method, request] {
      Response response;
      return Try(method, request, response, "operator-1", kLongest).error_code();
    }));
  }

  void BeginAllLongOnes() {
    Begin(&v1::BalanceService::Stub::GetBalances, ByRecipient(0));
    v1::ListBatchPaymentsRequest payments;
    *payments.mutable_batch() = Batch(1);
    payments.set_include_payee(true);
    Begin(&v1::BatchService::Stub::ListBatchPayments, payments);
    v1::FindRecipientsRequest find;
    for (int i = 0; i < kMany; ++i) find.add_recipients()->set_nik(NikOf(i));
    Begin(&v1::RecipientService::Stub::FindRecipients, find);
    v1::DecideEligibilityRequest decide;
    decide.set_program("KJS");
    decide.mutable_options()->set_dry_run(true);
    for (const uint64_t person : people_) decide.add_recipients(person);
    Begin(&v1::EligibilityService::Stub::DecideEligibility, decide);
    Begin(&v1::RecipientService::Stub::RegisterRecipients, Registrations(1000, kMany));
    v1::GetCheckpointRequest checkpoint;
    checkpoint.set_fresh(true);
    Begin(&v1::LogService::Stub::GetCheckpoint, checkpoint);
    v1::GetReceiptRequest receipt;
    receipt.set_position(parts().log().Head().size - 1);  // Nobody has signed it yet.
    Begin(&v1::LogService::Stub::GetReceipt, receipt);
    v1::GetInclusionProofRequest inclusion;
    inclusion.set_position(receipt.position());
    Begin(&v1::LogService::Stub::GetInclusionProof, inclusion);
  }

  std::vector<uint64_t> people_;
  std::vector<std::future<grpc::StatusCode>> begun_;
};

TEST_F(LongCallsTest, DelayNoShortQuestionAndNoShortWrite) {
  v1::GetCheckpointRequest fresh;
  fresh.set_fresh(true);
  const uint64_t covered = Call(&v1::LogService::Stub::GetCheckpoint, fresh).size();
  Register(500, 1);
  for (const Lane lane : {Lane::kScan, Lane::kBulk, Lane::kSign}) Block(lane);
  BeginAllLongOnes();

  Register(501, 1);
  v1::GetBalancesRequest balance = ByRecipient(0);
  balance.set_recipient(people_.front());
  EXPECT_EQ(Call(&v1::BalanceService::Stub::GetBalances, balance).rows_size(), 1);
  EXPECT_EQ(Call(&v1::BalanceService::Stub::GetBalances, ByRecipient(3)).rows_size(), 3);
  v1::GetReceiptRequest receipt;
  receipt.set_position(covered - 1);
  EXPECT_EQ(Call(&v1::LogService::Stub::GetReceipt, receipt).position(), covered - 1);
  EXPECT_GT(Call(&v1::LogService::Stub::GetCheckpoint, v1::GetCheckpointRequest()).size(), 0u);

  for (auto& call : begun_) EXPECT_EQ(call.wait_for(0s), std::future_status::timeout);
  Open();
  for (auto& call : begun_) EXPECT_EQ(call.get(), grpc::OK);
}

// What holds many facts is parsed and recorded where it delays no other: its length alone tells.
TEST_F(LongCallsTest, AMessageOfAStreamIsInTheLaneOfItsLength) {
  v1::StreamTransfersRequest message;
  *message.mutable_send() = Transfers(1);
  const v1::Transfer again = message.send().items(0);
  while (message.ByteSizeLong() <= kMaxShortBytes) *message.mutable_send()->add_items() = again;
  v1::PaymentService::Stub stub(channel());
  grpc::ClientContext context;
  Prepare(context, "treasurer", kLongest);
  const auto stream = stub.StreamTransfers(&context);
  Block(Lane::kWrite);
  v1::StreamTransfersResponse response;
  ASSERT_TRUE(stream->Write(message) && stream->Read(&response));
  EXPECT_EQ(response.replies(0).send().outcomes().refusals_size(), 0);
  message.mutable_send()->mutable_items()->DeleteSubrange(1, message.send().items_size() - 1);
  ASSERT_TRUE(stream->Write(message));
  auto answered = std::async(std::launch::async, [&] { return stream->Read(&response); });
  EXPECT_EQ(answered.wait_for(0s), std::future_status::timeout);
  Open();
  EXPECT_TRUE(answered.get());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

// A call that nobody waits for any more stops in the middle of what it looks up.
TEST_F(LongCallsTest, EndWithTheirCall) {
  const PageTokens pages(parts().vault().page_token_key());
  const WritePath writes(parts().sequencer(), parts().log());
  const ReadPath reads(parts().projector(), parts().records(), parts().log(), parts().as_of(),
                       pages);
  const ServiceParts shared{.pages = pages,
                            .lanes = parts().lanes(),
                            .writes = writes,
                            .reads = reads,
                            .log = parts().log(),
                            .vault = parts().vault(),
                            .clock = parts().clock(),
                            .checkpoints = parts().checkpoints(),
                            .proofs = parts().proofs(),
                            .tiles = parts().tiles()};
  CallLife life;
  const auto balances = [&] {
    return RecipientBalances(shared, Moment(reads), ByRecipient(0), life);
  };
  v1::ListBatchPaymentsResponse page;
  for (const v1::Payment& payment : Payments(1)) *page.add_payments() = payment;
  const Sealing sealing(parts().vault());
  EXPECT_OK(balances());
  EXPECT_OK(FillPayees(shared, sealing, life, page));
  life.End();
  EXPECT_THAT(balances(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(FillPayees(shared, sealing, life, page), StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace bansos::testing
