// What counts as the same content in a retry (rule 7).
#include "ledger/event/compare.h"

#include <gtest/gtest.h>

#include "ledger/event/state_codec.h"
#include "tests/event/event_filler.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

Event Sent() {
  Event event;
  event.envelope.actor = "amir";
  event.envelope.request_id = "r1";
  event.envelope.document = Document{"SP2D", "7/2025", 20250301, ""};
  TransferSent sent;
  sent.payment = {"KJS", 1, RecipientNumber(4), 1};
  sent.attempt = 1;
  sent.payee_position = Position(9);
  sent.reference = "KJS.1.4.1.1";
  event.body = sent;
  return event;
}

TEST(CompareTest, ActorRequestIdAndWhatIsDecidedDoNotCount) {
  Event retry = Sent();
  retry.envelope.actor = "sari";
  retry.envelope.request_id = "r2";
  std::get<TransferSent>(retry.body).reference.clear();
  EXPECT_EQ(FirstDifferingField(retry, Sent()), std::nullopt);
}

TEST(CompareTest, NamesTheFieldThatDiffers) {
  Event retry = Sent();
  std::get<TransferSent>(retry.body).payment.number = 2;
  EXPECT_EQ(FirstDifferingField(retry, Sent()), "payment.number");
  retry = Sent();
  std::get<TransferSent>(retry.body).payee_position = Position(10);
  EXPECT_EQ(FirstDifferingField(retry, Sent()), "payee_position");
}

TEST(CompareTest, DocumentAndEffectiveDateCount) {
  Event retry = Sent();
  retry.envelope.document->date = 20250302;
  EXPECT_EQ(FirstDifferingField(retry, Sent()), "document");
  retry = Sent();
  retry.envelope.effective_date = 20250302;
  EXPECT_EQ(FirstDifferingField(retry, Sent()), "effective_date");
}

TEST(CompareTest, TheActorCountsForBatchSteps) {
  Event step;
  step.envelope.actor = "amir";
  step.body = BatchSubmitted{{"KJS", 1, 1}, 1, {2, 200, "digest"}};
  Event other = step;
  other.envelope.actor = "sari";
  EXPECT_EQ(FirstDifferingField(other, step), "actor");
  other = step;
  std::get<BatchSubmitted>(other.body).list.digest = "another";
  EXPECT_EQ(FirstDifferingField(other, step), std::nullopt);
  std::get<BatchSubmitted>(other.body).list.total = 201;
  EXPECT_EQ(FirstDifferingField(other, step), "list.total");
}

TEST(StateCodecTest, EmptyStateTravels) {
  const std::string bytes = EncodeState(State());
  ASSERT_OK_AND_ASSIGN(const State state, DecodeState(bytes));
  EXPECT_EQ(EncodeState(state), bytes);
}

TEST(StateCodecTest, DamageIsRefused) {
  const std::string bytes = EncodeState(State());
  EXPECT_THAT(DecodeState(bytes + "x"), testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeState(bytes.substr(0, bytes.size() - 1)),
              testing::StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeState(static_cast<char>(kStateVersion + 1) + bytes.substr(1)),
              testing::StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace bansos
