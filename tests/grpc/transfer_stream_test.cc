// StreamTransfers: replies in order, wrong messages do not end the stream.
#include <gmock/gmock.h>

#include <thread>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::SizeIs;

class TransferStreamTest : public OfficeFixture {
 protected:
  // Sends all messages without waiting and returns the replies.
  std::vector<v1::StreamReply> Exchange(const std::vector<v1::StreamTransfersRequest>& messages,
                                        grpc::Status& status,
                                        const std::string& actor = "treasurer") {
    v1::PaymentService::Stub stub(channel());
    grpc::ClientContext context;
    Prepare(context, actor, std::chrono::seconds(60));
    auto stream = stub.StreamTransfers(&context);
    std::thread writer([&] {
      for (const auto& message : messages) {
        if (!stream->Write(message)) break;
      }
      stream->WritesDone();
    });
    std::vector<v1::StreamReply> replies;
    v1::StreamTransfersResponse response;
    while (stream->Read(&response)) {
      replies.insert(replies.end(), response.replies().begin(), response.replies().end());
    }
    writer.join();
    status = stream->Finish();
    return replies;
  }
};

TEST_F(TransferStreamTest, RepliesComeInTheOrderOfTheMessages) {
  OpenOffice(60);
  const std::vector<uint64_t> recipients = Entitle(60);
  ReleaseBatch(1, recipients);
  const v1::SendTransfersRequest transfers = Transfers(1);
  std::vector<v1::StreamTransfersRequest> messages;
  for (const v1::Transfer& transfer : transfers.items()) {
    v1::StreamTransfersRequest& message = messages.emplace_back();
    message.set_sequence(messages.size());
    *message.mutable_send() = transfers;
    message.mutable_send()->clear_items();
    *message.mutable_send()->add_items() = transfer;
  }
  for (const v1::Payment& payment : Payments(1)) {
    v1::StreamTransfersRequest& message = messages.emplace_back();
    message.set_sequence(messages.size());
    message.mutable_results()->set_sender("BANK-JATENG");
    v1::Result& result = *message.mutable_results()->add_items();
    result.set_line(messages.size());
    result.set_reference(payment.reference());
    result.set_kind(ledger::v1::REPORT_KIND_SETTLED);
    result.set_amount(kTrancheAmount);
    result.set_value_date("2025-06-01");
  }
  grpc::Status status;
  const std::vector<v1::StreamReply> replies = Exchange(messages, status);
  EXPECT_TRUE(status.ok()) << status.error_message();
  ASSERT_THAT(replies, SizeIs(120));
  for (size_t i = 0; i < replies.size(); ++i) {
    EXPECT_EQ(replies[i].sequence(), i + 1);
    EXPECT_EQ(replies[i].has_send(), i < 60);
    const v1::Outcomes& outcomes =
        i < 60 ? replies[i].send().outcomes() : replies[i].results().outcomes();
    ExpectAllAccepted(outcomes, 1);
  }
}

TEST_F(TransferStreamTest, WrongMessageIsRefusedAndTheStreamGoesOn) {
  OpenOffice();
  std::vector<v1::StreamTransfersRequest> messages(3);
  for (size_t i = 0; i < messages.size(); ++i) messages[i].set_sequence(i + 1);
  messages[0].mutable_send()->mutable_options()->set_request_id(std::string(100, 'r'));
  messages[2].mutable_send()->set_program("KJS");
  messages[2].mutable_send()->add_items()->set_recipient(77);
  grpc::Status status;
  const std::vector<v1::StreamReply> replies = Exchange(messages, status);
  EXPECT_TRUE(status.ok()) << status.error_message();
  ASSERT_THAT(replies, SizeIs(3));
  EXPECT_EQ(replies[0].error().code(), static_cast<int>(grpc::StatusCode::INVALID_ARGUMENT));
  EXPECT_EQ(replies[1].error().code(), static_cast<int>(grpc::StatusCode::INVALID_ARGUMENT));
  EXPECT_THAT(replies[2].send().outcomes().refusals(), SizeIs(1));
}

TEST_F(TransferStreamTest, StreamWithoutActorIsUnauthenticated) {
  grpc::Status status;
  Exchange({}, status, /*actor=*/"");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TransferStreamTest, CancelledStreamEnds) {
  OpenOffice();
  v1::PaymentService::Stub stub(channel());
  grpc::ClientContext context;
  Prepare(context, "treasurer", std::chrono::seconds(30));
  auto stream = stub.StreamTransfers(&context);
  v1::StreamTransfersRequest message;
  message.set_sequence(1);
  message.mutable_send()->set_program("KJS");
  ASSERT_TRUE(stream->Write(message));
  context.TryCancel();
  v1::StreamTransfersResponse response;
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  // The server is well.
  EXPECT_EQ(Call(&v1::LogService::Stub::GetHead, v1::GetHeadRequest()).true_at().position(),
            parts().log().Head().size);
}

}  // namespace
}  // namespace bansos::testing
