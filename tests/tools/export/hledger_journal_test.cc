#include "tools/bansosctl/export/hledger_journal.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// 2025-02-03T20:00:00Z, which is the fourth in WIB.
constexpr int64_t kRecordedUs = 1'738'612'800'000'000;

ledger::v1::Event Instructed() {
  ledger::v1::Event event;
  event.set_recorded_time_us(kRecordedUs);
  event.set_actor("clerk-1");
  auto& body = *event.mutable_payment_instructed();
  body.mutable_payment()->set_program("BLT-DBHCHT");
  body.mutable_payment()->set_tranche(2);
  body.mutable_payment()->set_recipient(17);
  body.mutable_payment()->set_number(1);
  body.mutable_movement()->set_batch(3);
  body.mutable_movement()->set_area(3374);
  body.mutable_movement()->set_amount(600'000);
  body.mutable_movement()->set_from(ledger::v1::BUCKET_AVAILABLE);
  body.mutable_movement()->set_to(ledger::v1::BUCKET_OBLIGATED);
  return event;
}

ledger::v1::Event Appropriated(int64_t amount) {
  ledger::v1::Event event;
  event.set_recorded_time_us(kRecordedUs);
  event.set_actor("anggaran");
  event.set_effective_date(20250103);
  event.mutable_document()->set_kind("DPA");
  event.mutable_document()->set_number("1, recipient:9\n/2025");
  event.mutable_document()->set_date(20250102);
  event.mutable_budget_appropriated()->set_program("KJS");
  event.mutable_budget_appropriated()->set_amount(amount);
  return event;
}

std::string Written(const ledger::v1::Event& event, uint64_t position = 7) {
  HledgerJournal journal;
  std::string text;
  EXPECT_OK(journal.Append(position, event.SerializeAsString(), text));
  return text;
}

absl::Status Refused(const ledger::v1::Event& event) {
  HledgerJournal journal;
  std::string text;
  return journal.Append(7, event.SerializeAsString(), text);
}

TEST(HledgerJournalTest, APaymentMovesBetweenAccountsOfItsBatch) {
  EXPECT_EQ(Written(Instructed()),
            "account BLT-DBHCHT:obligated:tranche 2:batch 3\n"
            "account BLT-DBHCHT:available\n"
            "2025-02-04 (7) PaymentInstructed  ; actor:clerk-1, recipient:17\n"
            "    BLT-DBHCHT:obligated:tranche 2:batch 3  600000 IDR\n"
            "    BLT-DBHCHT:available  -600000 IDR\n");
}

TEST(HledgerJournalTest, AnAppropriationComesFromOutsideAndItsRevisionGoesBack) {
  EXPECT_EQ(Written(Appropriated(56'672'160'000)),
            "account KJS:available\n"
            "account KJS:outside\n"
            "2025-01-03 (7) BudgetAppropriated  ; actor:anggaran, document:DPA 1_ "
            "recipient:9_/2025 2025-01-02\n"
            "    KJS:available  56672160000 IDR\n"
            "    KJS:outside  -56672160000 IDR\n");
  EXPECT_THAT(Written(Appropriated(-5)), HasSubstr("    KJS:outside  5 IDR\n"
                                                   "    KJS:available  -5 IDR\n"));
}

TEST(HledgerJournalTest, AnAccountIsDeclaredOnce) {
  HledgerJournal journal;
  std::string text;
  ASSERT_OK(journal.Append(7, Instructed().SerializeAsString(), text));
  text.clear();
  ASSERT_OK(journal.Append(9, Instructed().SerializeAsString(), text));
  EXPECT_TRUE(text.starts_with("2025-02-04 (9) PaymentInstructed")) << text;
  EXPECT_EQ(journal.Tail(), "; End of the journal: 2 transactions.\n");
}

TEST(HledgerJournalTest, PositionsRise) {
  HledgerJournal journal;
  std::string text;
  ASSERT_OK(journal.Append(7, Instructed().SerializeAsString(), text));
  const std::string before = text;
  EXPECT_THAT(journal.Append(7, Instructed().SerializeAsString(), text),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 7")));
  EXPECT_EQ(text, before);
}

TEST(HledgerJournalTest, EveryEventWithAMovementMovesMoney) {
  EXPECT_THAT(
      MoneyEventTypes(),
      ElementsAre("BudgetAppropriated", "PaymentInstructed", "PaymentWithdrawn", "TransferSent",
                  "TransferSettled", "TransferReturned", "PaymentReissued", "PaymentRemitted"));
}

TEST(HledgerJournalTest, WhatCannotBeIsRefusedWithItsPosition) {
  const auto refuses = [](void (*spoil)(ledger::v1::Event&)) {
    ledger::v1::Event event = Instructed();
    spoil(event);
    EXPECT_THAT(Refused(event),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("position 7"), HasSubstr("bansos-verify"))));
  };
  using Event = ledger::v1::Event;
  refuses([](Event& e) { e.clear_body(); });
  refuses([](Event& e) { e.mutable_recipient_died()->set_recipient(1); });
  refuses([](Event& e) { e.set_effective_date(20250230); });
  const auto refuses_body = [](void (*spoil)(ledger::v1::PaymentInstructed&)) {
    ledger::v1::Event event = Instructed();
    spoil(*event.mutable_payment_instructed());
    EXPECT_THAT(Refused(event), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 7")));
  };
  using Body = ledger::v1::PaymentInstructed;
  refuses_body([](Body& b) { b.mutable_payment()->set_program("KJS:paid  9 IDR"); });
  refuses_body([](Body& b) { b.mutable_payment()->clear_program(); });
  refuses_body([](Body& b) { b.mutable_payment()->clear_tranche(); });
  refuses_body([](Body& b) { b.mutable_movement()->clear_batch(); });
  refuses_body([](Body& b) { b.mutable_movement()->clear_amount(); });
  refuses_body([](Body& b) { b.mutable_movement()->set_amount(-1); });
  refuses_body([](Body& b) { b.mutable_movement()->set_to(ledger::v1::BUCKET_AVAILABLE); });
  refuses_body([](Body& b) { b.mutable_movement()->set_to(static_cast<ledger::v1::Bucket>(60)); });
  refuses_body([](Body& b) { b.mutable_movement()->set_to(static_cast<ledger::v1::Bucket>(-1)); });
  EXPECT_THAT(Refused(Appropriated(INT64_MIN)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Refused(Appropriated(0)), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(HledgerJournalTest, BytesThatAreNoEventAreRefused) {
  HledgerJournal journal;
  std::string text;
  EXPECT_THAT(journal.Append(3, "\xff\xff", text),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 3")));
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace bansos::testing
