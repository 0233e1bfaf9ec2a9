#include "grpc/outcomes.h"

#include <gmock/gmock.h>

#include "grpc/status_mapping.h"

namespace bansos {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

ItemOutcome At(uint64_t position, bool already = false) {
  return ItemOutcome{.position = Position(position), .already_recorded = already};
}
ItemOutcome Refused(const std::string& code) {
  ItemOutcome item;
  item.fault = Fault{.code = code, .message = "why " + code};
  return item;
}

TEST(OutcomesTest, RunsEndWherePositionsOrKindsBreak) {
  const v1::Outcomes outcomes = ToOutcomes(
      {At(10), At(11), At(13), Refused("QUOTA_EXCEEDED"), At(14), At(15, true), At(16, true)}, 17);
  ASSERT_THAT(outcomes.accepted(), SizeIs(4));
  EXPECT_EQ(outcomes.accepted(0).count(), 2u);
  EXPECT_EQ(outcomes.accepted(1).first_position(), 13u);
  EXPECT_EQ(outcomes.accepted(2).first_index(), 4u);
  EXPECT_TRUE(outcomes.accepted(3).already_recorded());
  EXPECT_EQ(outcomes.accepted(3).count(), 2u);
  ASSERT_THAT(outcomes.refusals(), SizeIs(1));
  EXPECT_EQ(outcomes.refusals(0).index(), 3u);
  EXPECT_EQ(outcomes.position(), 17u);
}

TEST(FaultTest, TheFieldIsAPathOfTheApi) {
  const auto path = [](RefusalCode code, std::string field) {
    return FaultOf(Refusal{code, "why", std::move(field)}).field;
  };
  EXPECT_EQ(path(RefusalCode::kBadCode, "document kind"), "basis.document.kind");
  EXPECT_EQ(path(RefusalCode::kBadCode, "class"), "candidate_class");
  EXPECT_EQ(path(RefusalCode::kBadDate, "survey date"), "survey_date");
  EXPECT_EQ(path(RefusalCode::kBadCode, "actor"), "");
  EXPECT_EQ(path(RefusalCode::kKeyTaken, "document.date"), "basis.document.date");
  EXPECT_EQ(path(RefusalCode::kKeyTaken, "kk_token"), "identity.kk");
  EXPECT_EQ(path(RefusalCode::kBadAccount, ""), "details.account_number");
  EXPECT_EQ(path(RefusalCode::kQuotaExceeded, ""), "");
  EXPECT_EQ(FaultOf(Refusal{RefusalCode::kBadCode, "why", "class"}, "items").field, "items");
}

TEST(OutcomesTest, DryRunHasNoPositions) {
  const v1::Outcomes outcomes = ToOutcomes({ItemOutcome(), ItemOutcome()}, 5);
  ASSERT_THAT(outcomes.accepted(), SizeIs(1));
  EXPECT_FALSE(outcomes.accepted(0).has_first_position());
}

TEST(OutcomesTest, AtomicErrorNamesOnlyWhatStandsInTheWay) {
  const absl::Status status =
      AtomicError({Refused("ATOMIC_REFUSED"), Refused("SLOT_TAKEN"), Refused("ATOMIC_REFUSED")});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  const v1::StatusDetail detail = DetailOf(status);
  ASSERT_THAT(detail.details(), SizeIs(1));
  v1::Refusal refusal;
  ASSERT_TRUE(detail.details(0).UnpackTo(&refusal));
  EXPECT_EQ(refusal.index(), 1u);
  EXPECT_THAT(detail.message(), HasSubstr("1 of 3"));
}

TEST(OutcomesTest, AtomicErrorOfAMixNamesTheItems) {
  const absl::Status status = AtomicError({Refused("ATOMIC_REFUSED"), ItemOutcome()});
  EXPECT_THAT(DetailOf(status).details(), SizeIs(1));
}

TEST(StatusMappingTest, DetailsFitTheMetadata) {
  std::vector<ItemOutcome> items;
  for (int i = 0; i < 1000; ++i) items.push_back(Refused(std::string(300, 'X')));
  const grpc::Status status = ToGrpcStatus(AtomicError(items));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  // As base64, beside the message, within 8 KiB.
  EXPECT_LT(status.error_details().size() * 4 / 3 + status.error_message().size(), 8000u);
}

TEST(StatusMappingTest, LongMessagesAreCutAtACharacter) {
  const grpc::Status status =
      ToGrpcStatus(absl::InvalidArgumentError(std::string(1023, 'x') + "\xC3\xA9 and more"));
  EXPECT_EQ(status.error_message(), std::string(1023, 'x'));
}

TEST(StatusMappingTest, BusyTellsWhenToTryAgain) {
  const v1::StatusDetail detail = DetailOf(BusyError("full"));
  v1::RetryHint hint;
  ASSERT_THAT(detail.details(), SizeIs(1));
  ASSERT_TRUE(detail.details(0).UnpackTo(&hint));
  EXPECT_GT(hint.delay_ms(), 0u);
}

}  // namespace
}  // namespace bansos
