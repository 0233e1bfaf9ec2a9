// The whole way of a payment through the API: register, assess, decide, decree, pay, settle,
// return, reissue, remit; and what the queries say on the way.
#include <gmock/gmock.h>

#include <map>

#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FullWayTest : public OfficeFixture {
 protected:
  v1::GetRecipientResponse Recipient(uint64_t number, bool identity = false) {
    v1::GetRecipientRequest request;
    request.mutable_read()->set_min_position(parts().log().Head().size);
    request.mutable_recipient()->set_number(number);
    request.set_include_identity(identity);
    return Call(&v1::RecipientService::Stub::GetRecipient, request);
  }

  v1::BalanceRow ProgramBalance() {
    v1::GetBalancesRequest request;
    request.mutable_read()->set_min_position(parts().log().Head().size);
    request.set_program("KJS");
    const auto response = Call(&v1::BalanceService::Stub::GetBalances, request);
    EXPECT_EQ(response.rows_size(), 1);
    return response.rows_size() == 1 ? response.rows(0) : v1::BalanceRow();
  }

  v1::RecordResultsResponse Report(const std::vector<v1::Result>& results) {
    v1::RecordResultsRequest request;
    request.set_sender("BANK-JATENG");
    for (const v1::Result& result : results) {
      *request.add_items() = result;
      request.mutable_items()->rbegin()->set_line(++message_);
    }
    return Call(&v1::PaymentService::Stub::RecordResults, request, "bank-gateway");
  }

  static v1::Result Settled(const std::string& reference, const std::string& value_date) {
    v1::Result result;
    result.set_reference(reference);
    result.set_kind(ledger::v1::REPORT_KIND_SETTLED);
    result.set_amount(kTrancheAmount);
    result.set_value_date(value_date);
    result.set_bank_reference("BJ/778899");
    return result;
  }
  static v1::Result Returned(const std::string& reference, const std::string& value_date) {
    v1::Result result = Settled(reference, value_date);
    result.set_kind(ledger::v1::REPORT_KIND_RETURNED);
    result.set_reason(ledger::v1::RETURN_REASON_DS28);
    return result;
  }

  uint64_t message_ = 0;
};

TEST_F(FullWayTest, FromRegistrationToTheTreasury) {
  OpenOffice(4);
  const std::vector<uint64_t> recipients = Entitle(4);
  ASSERT_THAT(recipients, SizeIs(4));
  ReleaseBatch(1, recipients);
  EXPECT_EQ(ProgramBalance().buckets().obligated(), 4 * kTrancheAmount);
  ExpectAllAccepted(
      Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1), "treasurer").outcomes(), 4);

  const std::vector<v1::Payment> sent = Payments(1, /*include_payee=*/true);
  ASSERT_THAT(sent, SizeIs(4));
  for (const v1::Payment& payment : sent) {
    EXPECT_EQ(payment.state(), v1::PAYMENT_STATE_SENT);
    EXPECT_THAT(payment.payee().details().account_number(), ::testing::StartsWith("2-034-"));
  }
  // Two settle, two come back, and one report names nobody.
  const auto reported = Report(
      {Settled(sent[0].reference(), "2025-06-01"), Settled(sent[1].reference(), "2025-06-01"),
       Returned(sent[2].reference(), "2025-06-01"), Returned(sent[3].reference(), "2025-06-01"),
       Settled("LAIN-17", "2025-06-01")});
  ExpectAllAccepted(reported.outcomes(), 5);
  ASSERT_THAT(reported.held(), SizeIs(1));
  EXPECT_EQ(reported.held(0).index(), 4);
  EXPECT_EQ(reported.held(0).rule(), ledger::v1::HOLD_RULE_UNKNOWN_REFERENCE);

  v1::ReissuePaymentsRequest reissue;
  *reissue.mutable_basis() = Letter("SRPR", "SRPR-1");
  *reissue.add_items()->mutable_payment() = sent[2].payment();
  reissue.mutable_items(0)->set_attempt(2);
  ExpectAllAccepted(
      Call(&v1::PaymentService::Stub::ReissuePayments, reissue, "treasurer").outcomes(), 1);
  v1::RemitPaymentsRequest remit;
  *remit.mutable_basis() = Letter("STS", "STS-1");
  *remit.add_items()->mutable_payment() = sent[3].payment();
  ExpectAllAccepted(Call(&v1::PaymentService::Stub::RemitPayments, remit).outcomes(), 1);

  const v1::BalanceRow balance = ProgramBalance();
  EXPECT_EQ(balance.buckets().paid(), 2 * kTrancheAmount);
  EXPECT_EQ(balance.buckets().obligated(), kTrancheAmount);
  EXPECT_EQ(balance.buckets().remitted(), kTrancheAmount);
  EXPECT_EQ(balance.buckets().available(), 4 * kTrancheAmount);
  EXPECT_EQ(balance.appropriated(), 8 * kTrancheAmount);
  EXPECT_EQ(balance.recipients_paid(), 2u);

  const auto trial = Call(&v1::AuditService::Stub::GetTrialBalance, v1::GetTrialBalanceRequest());
  EXPECT_EQ(trial.total_debit(), trial.total_credit());
  // 1 appropriation, 4 instructed, 4 sent, 2 settled, 2 returned, 1 reissued, 1 remitted.
  EXPECT_EQ(trial.movements(), 15u);

  v1::ListExceptionsRequest exceptions;
  exceptions.mutable_read()->set_min_position(parts().log().Head().size);
  const auto found = Call(&v1::AuditService::Stub::ListExceptions, exceptions);
  ASSERT_THAT(found.exceptions(), SizeIs(1));
  EXPECT_EQ(found.exceptions(0).kind(), v1::EXCEPTION_KIND_HELD_REPORT);
  EXPECT_EQ(found.counts_size(), v1::ExceptionKind_ARRAYSIZE - 1);  // a count for each kind
  EXPECT_EQ(found.as_of_date(), "2025-06-02");

  const auto recipient = Recipient(sent[2].payment().recipient(), /*identity=*/true).recipient();
  ASSERT_THAT(recipient.payments(), SizeIs(1));
  EXPECT_EQ(recipient.payments(0).state(), v1::PAYMENT_STATE_REISSUED);
  EXPECT_EQ(recipient.payments(0).attempt(), 2u);
  EXPECT_EQ(recipient.identity().nik().size(), 16u);
  EXPECT_EQ(recipient.identity().birth_date(), "1980-01-01");
  EXPECT_EQ(recipient.payee().details().bank(), "Bank Jateng");
}

TEST_F(FullWayTest, TimelineTellsTheChainNewestFirst) {
  OpenOffice(1);
  const uint64_t recipient = Entitle(1).front();
  v1::GetTimelineRequest request;
  request.mutable_read()->set_min_position(parts().log().Head().size);
  request.set_recipient(recipient);
  request.set_page_size(2);
  std::vector<std::string> names;
  uint64_t true_at = 0;
  for (;;) {
    const auto page = Call(&v1::AuditService::Stub::GetTimeline, request);
    if (true_at == 0) true_at = page.true_at().position();
    EXPECT_EQ(page.true_at().position(), true_at);
    for (const v1::LoggedEvent& event : page.events()) {
      EXPECT_EQ(event.event().SerializeAsString(), event.entry());
      const auto* body = event.event().GetDescriptor()->FindOneofByName("body");
      names.push_back(
          event.event().GetReflection()->GetOneofFieldDescriptor(event.event(), body)->name());
    }
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
    Register(100 + static_cast<int>(names.size()), 1);  // The log goes on; the pages do not.
  }
  EXPECT_THAT(names, ElementsAre("recipient_decreed", "eligibility_decided", "candidate_proposed",
                                 "assessment_recorded", "payee_assigned", "recipient_registered"));
}

TEST_F(FullWayTest, DecisionsFollowFromSealedValues) {
  OpenOffice();
  const std::vector<uint64_t> recipients = Register(0, 4);
  Assess({recipients[0], recipients[1], recipients[2]}, {4, 5, 0});
  Propose(recipients);
  const auto response = Decide(recipients);
  ExpectAllAccepted(response.outcomes(), 4);
  EXPECT_THAT(response.decisions(),
              ElementsAre(ledger::v1::OUTCOME_ELIGIBLE, ledger::v1::OUTCOME_INELIGIBLE,
                          ledger::v1::OUTCOME_UNDETERMINED, ledger::v1::OUTCOME_UNDETERMINED));
}

TEST_F(FullWayTest, RankingTakesLowerDecilesFirstAndReplacesWhoDied) {
  OpenOffice(2);
  const std::vector<uint64_t> recipients = Register(0, 4);
  AssignPayees(recipients, 0);
  Assess(recipients, {4, 3, 1, 2});
  Propose(recipients);
  Decide(recipients);
  const std::vector<uint64_t> decreed = Decree(10);
  EXPECT_THAT(decreed, ElementsAre(recipients[2], recipients[3]));

  v1::RecordDeathsRequest death;
  *death.mutable_basis() = Letter("SURAT", "D-1");
  death.add_items()->mutable_recipient()->set_nik(NikOf(2));
  death.mutable_items(0)->set_died_on("2025-05-01");
  death.mutable_items(0)->set_source(ledger::v1::DEATH_SOURCE_CIVIL_REGISTRY);
  ExpectAllAccepted(Call(&v1::RecipientService::Stub::RecordDeaths, death).outcomes(), 1);
  v1::ListEntitlementsRequest dead;
  dead.mutable_read()->set_min_position(parts().log().Head().size);
  dead.set_program("KJS");
  dead.set_filter(v1::ENTITLEMENT_FILTER_DIED_BUT_RUNNING);
  const auto listed = Call(&v1::EligibilityService::Stub::ListEntitlements, dead);
  ASSERT_THAT(listed.entitlements(), SizeIs(1));
  const v1::Entitlement& entitlement = listed.entitlements(0).entitlement();
  EXPECT_EQ(entitlement.recipient(), recipients[2]);

  v1::EndEntitlementsRequest end;
  *end.mutable_basis() = Letter("SK", "SK-2");
  v1::EntitlementEnd& item = *end.add_items();
  item.set_program("KJS");
  item.mutable_recipient()->set_number(recipients[2]);
  item.set_slot(entitlement.slot());
  item.set_holder(entitlement.holder());
  item.set_reason(ledger::v1::END_REASON_DIED);
  item.set_ended_on("2025-05-01");
  ExpectAllAccepted(Call(&v1::EligibilityService::Stub::EndEntitlements, end).outcomes(), 1);
  EXPECT_THAT(Decree(10), ElementsAre(recipients[1]));
  const auto replacement = Recipient(recipients[1]).recipient();
  ASSERT_THAT(replacement.entitlements(), SizeIs(1));
  EXPECT_EQ(replacement.entitlements(0).replaces(), recipients[2]);
  EXPECT_EQ(replacement.entitlements(0).holder(), 2u);
}

TEST_F(FullWayTest, CorrectionsKeepTheNik) {
  OpenOffice();
  const uint64_t recipient = Register(7, 1).front();
  v1::CorrectIdentitiesRequest request;
  *request.mutable_basis() = Letter("SURAT", "C-1");
  v1::IdentityCorrection& item = *request.add_items();
  item.mutable_recipient()->set_number(recipient);
  item.set_area("33.74");
  item.mutable_identity()->set_name("Nama Betul");
  item.mutable_identity()->set_kk(KkOf(9));
  ExpectAllAccepted(Call(&v1::RecipientService::Stub::CorrectIdentities, request).outcomes(), 1);
  const auto found = Recipient(recipient, /*identity=*/true).recipient();
  EXPECT_EQ(found.identity().nik(), NikOf(7));
  EXPECT_EQ(found.identity().name(), "Nama Betul");
  EXPECT_EQ(found.area(), "33.74");
}

TEST_F(FullWayTest, DryRunRecordsAndReservesNothing) {
  OpenOffice();
  const uint64_t size = parts().log().Head().size;
  const RecipientNumber next = parts().vault().NextRecipient();
  v1::RegisterRecipientsRequest request = Registrations(0, 3);
  request.mutable_options()->set_dry_run(true);
  request.mutable_items(1)->set_area("33.02");  // Not published.
  const auto response = Call(&v1::RecipientService::Stub::RegisterRecipients, request);
  ASSERT_THAT(response.outcomes().refusals(), SizeIs(1));
  EXPECT_EQ(response.outcomes().refusals(0).index(), 1u);
  EXPECT_EQ(response.outcomes().refusals(0).code(), "AREA_UNKNOWN");
  EXPECT_THAT(response.recipients(), ElementsAre(0, 0, 0));
  EXPECT_EQ(parts().log().Head().size, size);
  EXPECT_EQ(parts().vault().NextRecipient(), next);
}

TEST_F(FullWayTest, DryRunJudgesReportsBeforeTheirFileIsRecorded) {
  OpenOffice(3);
  ReleaseBatch(1, Entitle(3));
  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1), "treasurer");
  const std::vector<v1::Payment> sent = Payments(1);
  ASSERT_THAT(sent, SizeIs(3));
  const uint64_t size = parts().log().Head().size;
  v1::RecordResultsRequest request;
  *request.add_items() = Settled(sent[0].reference(), "2025-06-01");
  *request.add_items() = Settled(sent[1].reference(), "2025-06-01");
  request.mutable_items(1)->set_amount(kTrancheAmount / 1000);
  *request.add_items() = Settled("LAIN-17", "2025-06-01");
  for (int i = 0; i < request.items_size(); ++i) request.mutable_items(i)->set_line(i + 1);
  request.mutable_options()->set_dry_run(true);
  const auto judged = Call(&v1::PaymentService::Stub::RecordResults, request, "bank-gateway");
  ExpectAllAccepted(judged.outcomes(), 3);
  ASSERT_THAT(judged.held(), SizeIs(2));
  EXPECT_EQ(judged.held(0).index(), 1u);
  EXPECT_EQ(judged.held(0).rule(), ledger::v1::HOLD_RULE_AMOUNT_DIFFERS);
  EXPECT_EQ(judged.held(1).rule(), ledger::v1::HOLD_RULE_UNKNOWN_REFERENCE);
  EXPECT_EQ(parts().log().Head().size, size);
}

TEST_F(FullWayTest, PagesOfBalancesAreTrueAtThePositionOfTheFirst) {
  OpenOffice(10);
  const std::vector<uint64_t> recipients = Entitle(10);
  ReleaseBatch(1, recipients);
  v1::GetBalancesRequest request;
  request.mutable_read()->set_min_position(parts().log().Head().size);
  request.set_group_by(v1::BALANCE_GROUP_RECIPIENT);
  request.set_page_size(4);
  auto page = Call(&v1::BalanceService::Stub::GetBalances, request);
  const uint64_t position = page.true_at().position();
  Call(&v1::PaymentService::Stub::SendTransfers, Transfers(1), "treasurer");
  std::vector<uint64_t> seen;
  for (;;) {
    EXPECT_EQ(page.true_at().position(), position);
    for (const v1::BalanceRow& row : page.rows()) {
      seen.push_back(row.recipient());
      EXPECT_EQ(row.buckets().obligated(), kTrancheAmount);
      EXPECT_EQ(row.buckets().in_transit(), 0);
      EXPECT_EQ(row.payments(), 1u);
    }
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
    page = Call(&v1::BalanceService::Stub::GetBalances, request);
  }
  EXPECT_EQ(seen.size(), 10u);

  // A group's pages come from the answer that was kept.
  request.clear_page_token();
  request.set_group_by(v1::BALANCE_GROUP_AREA);
  request.set_page_size(1);
  const auto first = Call(&v1::BalanceService::Stub::GetBalances, request);
  Register(50, 1);
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::BalanceService::Stub::GetBalances, request);
  EXPECT_EQ(second.true_at().position(), first.true_at().position());
  EXPECT_EQ(second.rows(0).buckets().in_transit() + first.rows(0).buckets().in_transit(),
            10 * kTrancheAmount);
}

TEST_F(FullWayTest, StatusTellsRootAndDigests) {
  OpenOffice();
  const auto status = Call(&v1::AdminService::Stub::GetStatus, v1::GetStatusRequest());
  EXPECT_EQ(status.true_at().position(), parts().log().Head().size);
  EXPECT_EQ(status.root(), std::string(AsBytes(parts().log().Head().root)));
  EXPECT_EQ(status.ledger_id(), kDefaultLedgerId);
  EXPECT_EQ(status.views_size(), 4);
  for (const v1::ViewStatus& view : status.views()) EXPECT_EQ(view.digest().size(), 32u);
}

}  // namespace
}  // namespace bansos::testing
