#include "tests/grpc/random_office.h"

#include "absl/strings/str_cat.h"
#include "ledger/event/codec.h"
#include "tests/support/status_matchers.h"

namespace bansos::testing {
namespace {

constexpr int kRounds = 3;

// By chance some payments have an open report, and nothing may be done with those.
void ExpectDoneUnlessReported(const v1::Outcomes& outcomes) {
  for (const v1::Refusal& refusal : outcomes.refusals()) {
    EXPECT_EQ(refusal.code(), "REPORT_OPEN") << refusal.message();
  }
}

}  // namespace

void RandomOfficeFixture::TellYear(uint32_t seed, int people) {
  random_.seed(seed);
  OpenOffice(static_cast<uint32_t>(people));
  const std::vector<uint64_t> recipients = Entitle(people);
  ReleaseBatch(1, recipients);
  DraftAndWithdrawSome(recipients);
  for (int i = 0; i < kRounds; ++i) TellRound();
}

void RandomOfficeFixture::TellRound() {
  ++round_;
  SendSome();
  ReportSome();
  ReissueOrRemitSome();
}

void RandomOfficeFixture::SendSome() {
  v1::SendTransfersRequest request;
  request.set_program("KJS");
  request.set_tranche(1);
  for (const v1::Payment& payment : Payments(1)) {
    const bool waits = payment.state() == v1::PAYMENT_STATE_INSTRUCTED ||
                       payment.state() == v1::PAYMENT_STATE_REISSUED;
    if (!waits || Below(5) == 0) continue;
    v1::Transfer& item = *request.add_items();
    item.set_recipient(payment.payment().recipient());
    item.set_number(payment.payment().number());
    item.set_attempt(payment.attempt());
    item.set_payee_position(payment.payee_position());
  }
  if (request.items().empty()) return;
  ExpectAllAccepted(Call(&v1::PaymentService::Stub::SendTransfers, request, "treasurer").outcomes(),
                    request.items_size());
}

void RandomOfficeFixture::ReportSome() {
  v1::RecordResultsRequest request;
  request.set_sender("BANK-JATENG");
  for (const v1::Payment& payment : Payments(1)) {
    const bool settled = payment.state() == v1::PAYMENT_STATE_SETTLED;
    if (!settled && payment.state() != v1::PAYMENT_STATE_SENT) continue;
    if (Below(4) == 0) continue;
    v1::Result& item = *request.add_items();
    item.set_line(++line_);
    item.set_reference(payment.reference());
    item.set_amount(kTrancheAmount);
    item.set_value_date(absl::StrCat("2025-05-", 10 + round_));
    item.set_kind(ledger::v1::REPORT_KIND_SETTLED);
    // What is settled may come back, or be reported twice, which is held.
    if (Below(3) == 0) {
      item.set_kind(ledger::v1::REPORT_KIND_RETURNED);
      // Of the reasons that allow another attempt at the same account.
      item.set_reason(ledger::v1::RETURN_REASON_DS28);
    }
  }
  if (request.items().empty()) return;
  ExpectAllAccepted(
      Call(&v1::PaymentService::Stub::RecordResults, request, "bank-gateway").outcomes(),
      request.items_size());
}

void RandomOfficeFixture::ReissueOrRemitSome() {
  v1::ReissuePaymentsRequest reissue;
  *reissue.mutable_basis() = Letter("SRPR", absl::StrCat("SRPR-", round_));
  v1::RemitPaymentsRequest remit;
  *remit.mutable_basis() = Letter("STS", absl::StrCat("STS-", round_));
  for (const v1::Payment& payment : Payments(1)) {
    if (payment.state() != v1::PAYMENT_STATE_RETURNED) continue;
    switch (Below(3)) {
      case 0: {
        v1::Reissue& item = *reissue.add_items();
        *item.mutable_payment() = payment.payment();
        item.set_attempt(payment.attempt() + 1);
        break;
      }
      case 1:
        *remit.add_items()->mutable_payment() = payment.payment();
        break;
      default:
        break;
    }
  }
  if (!reissue.items().empty()) {
    ExpectDoneUnlessReported(
        Call(&v1::PaymentService::Stub::ReissuePayments, reissue, "treasurer").outcomes());
  }
  if (!remit.items().empty()) {
    ExpectDoneUnlessReported(Call(&v1::PaymentService::Stub::RemitPayments, remit).outcomes());
  }
}

void RandomOfficeFixture::DraftAndWithdrawSome(const std::vector<uint64_t>& recipients) {
  v1::DraftBatchRequest draft;
  *draft.mutable_batch() = Batch(2);
  Call(&v1::BatchService::Stub::DraftBatch, draft, "drafter");
  Call(&v1::BatchService::Stub::InstructPayments, Instructions(2, recipients), "drafter");
  v1::WithdrawPaymentsRequest withdraw;
  for (const v1::Payment& payment : Payments(2)) {
    if (Below(4) == 0) *withdraw.add_payments() = payment.payment();
  }
  if (withdraw.payments().empty()) return;
  ExpectAllAccepted(Call(&v1::BatchService::Stub::WithdrawPayments, withdraw, "drafter").outcomes(),
                    withdraw.payments_size());
}

std::vector<Event> RandomOfficeFixture::Events() {
  std::vector<Event> events;
  v1::ReadEventsRequest request;
  for (;;) {
    request.set_from_position(events.size());
    const auto page = Call(&v1::LogService::Stub::ReadEvents, request);
    for (const v1::LoggedEvent& logged : page.events()) {
      const absl::StatusOr<Event> event = DecodeEvent(logged.entry());
      EXPECT_OK(event);
      events.push_back(*event);
    }
    if (!page.has_next_position()) return events;
  }
}

}  // namespace bansos::testing
