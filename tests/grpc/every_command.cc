#include "tests/grpc/every_command.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/event/codec.h"
#include "tests/grpc/office_requests.h"

namespace bansos::testing {
namespace {

constexpr int kPeople = 6;

v1::Result Result(uint64_t line, const std::string& reference) {
  v1::Result result;
  result.set_line(line);
  result.set_reference(reference);
  result.set_kind(ledger::v1::REPORT_KIND_SETTLED);
  result.set_amount(kTrancheAmount);
  result.set_value_date("2025-06-01");
  result.set_bank_reference(absl::StrCat("BJT-", line));
  return result;
}

template <typename Request>
Request Step(uint32_t round, int count, const std::string& kind) {
  Request request;
  *request.mutable_basis() = Letter(kind, absl::StrCat(kind, "-", round));
  request.mutable_batch()->set_program("KJS");
  request.mutable_batch()->set_tranche(1);
  request.mutable_batch()->set_number(1);
  request.set_round(round);
  if constexpr (requires { request.set_count(0); }) {
    request.set_count(count);
    request.set_total(count * kTrancheAmount);
  }
  return request;
}

}  // namespace

void EveryCommand::TellAll() {
  TellTheOffice();
  TellReportsOfStrangers();
  const std::vector<uint64_t> people = TellPeople();
  TellFacts(people);
  TellDecree(people);
  TellBatch(people);
  TellBank();
  TellEnds(people);
}

std::set<std::string> EveryCommand::KindsInLog() {
  std::set<std::string> kinds;
  v1::ReadEventsRequest request;
  for (uint64_t next = 0;;) {
    request.set_from_position(next);
    const auto page = Call(&v1::LogService::Stub::ReadEvents, request);
    for (const v1::LoggedEvent& logged : page.events()) {
      const absl::StatusOr<Event> event = DecodeEvent(logged.entry());
      EXPECT_TRUE(event.ok());
      if (event.ok()) kinds.insert(std::string(EventName(event->body)));
      ++next;
    }
    if (!page.has_next_position()) return kinds;
  }
}

void EveryCommand::TellTheOffice() {
  Tell(&v1::AdminService::Stub::PublishAreas, OfficeAreas());
  Tell(&v1::AdminService::Stub::PublishCatalogue,
       OfficeCatalogue(1, ledger::v1::INDICATOR_KIND_DATE));
  v1::SetPolicyRequest policy;
  policy.set_name("return_unrepaired_days");
  policy.set_version(1);
  policy.set_value(30);
  policy.set_legal_basis("Pergub 5/2025");
  policy.set_date_in_force("2025-01-01");
  Tell(&v1::AdminService::Stub::SetPolicy, policy);
  Tell(&v1::ProgramService::Stub::OpenProgram, OfficeProgram(kPeople));
  Tell(&v1::ProgramService::Stub::PublishRuleSet, OfficeRules(1, "2025-01-01"));
  v1::AppropriateBudgetRequest budget;
  *budget.mutable_basis() = Letter("DPA", "DPA-1");
  budget.set_program("KJS");
  budget.set_amount(kPeople * 4 * kTrancheAmount);
  Tell(&v1::ProgramService::Stub::AppropriateBudget, budget);
}

// References of people who are nobody yet: later they are registered and paid.
void EveryCommand::TellReportsOfStrangers() {
  v1::ReceiveResultFileRequest file;
  file.set_kind("MIXED");
  file.set_sender("BANK-JATENG");
  file.set_sha256(std::string(32, 'f'));
  file.set_lines(10);
  v1::RecordResultsRequest lines;
  lines.set_file_position(
      Tell(&v1::PaymentService::Stub::ReceiveResultFile, file).recorded().position());
  *lines.add_items() = Result(1, "KJS.1.1.1.1");
  *lines.add_items() = Result(2, "KJS.1.2.1.1");
  *lines.add_items() = Result(3, "NOBODY");
  Tell(&v1::PaymentService::Stub::RecordResults, lines, "bank-gateway");
  v1::RecordResultsRequest messages;
  messages.set_sender("BANK-JATENG");
  *messages.add_items() = Result(1, "KJS.2.3.1.1");
  messages.mutable_items(0)->set_kind(ledger::v1::REPORT_KIND_RETURNED);
  messages.mutable_items(0)->set_reason(ledger::v1::RETURN_REASON_DS28);
  Tell(&v1::PaymentService::Stub::RecordResults, messages, "bank-gateway");
}

std::vector<uint64_t> EveryCommand::TellPeople() {
  const auto registered =
      Tell(&v1::RecipientService::Stub::RegisterRecipients, Registrations(0, kPeople));
  const std::vector<uint64_t> people(registered.recipients().begin(),
                                     registered.recipients().end());
  v1::AssignPayeesRequest payees;
  *payees.mutable_basis() = Letter("BAST", "REK-1");
  for (int person = 0; person < kPeople; ++person) {
    v1::PayeeAssignment& item = *payees.add_items();
    item.mutable_recipient()->set_nik(NikOf(person));
    item.set_channel(ledger::v1::CHANNEL_BANK_ACCOUNT);
    item.set_holder(ledger::v1::HOLDER_SELF);
    item.mutable_details()->set_account_number(AccountOf(person));
    item.mutable_details()->set_bank("Bank Jateng");
    item.mutable_details()->set_holder_name(NameOf(person));
  }
  Tell(&v1::RecipientService::Stub::AssignPayees, payees, "account-desk");
  v1::CorrectIdentitiesRequest correct;
  *correct.mutable_basis() = Letter("SURAT", "C-1");
  v1::IdentityCorrection& item = *correct.add_items();
  item.mutable_recipient()->set_number(people[0]);
  item.set_area("33.74");
  item.mutable_identity()->set_name("Nama Betul");
  item.mutable_identity()->set_kk(KkOf(0));
  Tell(&v1::RecipientService::Stub::CorrectIdentities, correct);
  return people;
}

void EveryCommand::TellFacts(const std::vector<uint64_t>& people) {
  v1::RecordAssessmentsRequest surveys;
  *surveys.mutable_basis() = Letter("BAST", "SURVEY-1");
  surveys.set_catalogue("DT-JATENG");
  surveys.set_catalogue_version(1);
  surveys.add_indicators("since");
  surveys.add_indicators("desil");
  for (const uint64_t person : people) {
    v1::Assessment& item = *surveys.add_items();
    item.mutable_recipient()->set_number(person);
    item.set_survey_date("2025-03-01");
    item.add_values(20200101);
    item.add_values(static_cast<int64_t>(1 + person % 3));
  }
  Tell(&v1::EligibilityService::Stub::RecordAssessments, surveys);
  // From here on the newest catalogue would refuse the very same survey.
  Tell(&v1::AdminService::Stub::PublishCatalogue,
       OfficeCatalogue(2, ledger::v1::INDICATOR_KIND_IDENTITY));
  Tell(&v1::EligibilityService::Stub::ProposeCandidates, Proposals(people));
}

void EveryCommand::TellDecree(const std::vector<uint64_t>& people) {
  v1::DecideEligibilityRequest decide;
  decide.set_program("KJS");
  decide.set_rule_set_version(1);
  v1::ListCandidatesRequest list;
  list.set_program("KJS");
  const auto listed = Call(&v1::EligibilityService::Stub::ListCandidates, list);
  for (const v1::Candidate& candidate : listed.candidates()) {
    decide.add_recipients(candidate.recipient());
    decide.add_fact_versions(candidate.fact_version());
  }
  const auto first = Tell(&v1::EligibilityService::Stub::DecideEligibility, decide);
  v1::RankCandidatesRequest rank;
  rank.set_program("KJS");
  rank.set_count(kPeople);
  v1::DecreeRecipientsRequest decree;
  *decree.mutable_basis() = Letter("SK", "SK-1");
  decree.set_program("KJS");
  const auto ranking = Call(&v1::EligibilityService::Stub::RankCandidates, rank);
  for (const v1::RankedCandidate& ranked : ranking.ranked()) {
    v1::Decree& item = *decree.add_items();
    item.mutable_recipient()->set_number(ranked.recipient());
    item.set_slot(ranked.slot());
    item.set_holder(ranked.holder());
    item.set_first_tranche(1);
  }
  ASSERT_EQ(decree.items_size(), static_cast<int>(people.size()));
  Tell(&v1::EligibilityService::Stub::DecreeRecipients, decree);
  // Another rule set, in force from today on, and a programme of another size.
  Tell(&v1::ProgramService::Stub::PublishRuleSet, OfficeRules(2, "2025-06-02"));
  v1::AmendProgramRequest amend;
  *amend.mutable_basis() = Letter("SK", "SK-9");
  amend.set_program("KJS");
  amend.set_quota(kPeople + 1);
  *amend.mutable_tranches() = OfficeProgram(kPeople).tranches();
  Tell(&v1::ProgramService::Stub::AmendProgram, amend);
  // The decisions of a retry are those of the first answer.
  const auto again = Call(&v1::EligibilityService::Stub::DecideEligibility, decide);
  EXPECT_EQ(std::vector<int>(again.decisions().begin(), again.decisions().end()),
            std::vector<int>(first.decisions().begin(), first.decisions().end()));
}

void EveryCommand::TellBatch(const std::vector<uint64_t>& people) {
  using Batches = v1::BatchService::Stub;
  // The reports that named these payments before they were there stand in their way.
  v1::ResolveReportsRequest resolve;
  *resolve.mutable_basis() = Letter("SURAT", "BANK-1");
  v1::ListExceptionsRequest exceptions;
  exceptions.add_kinds(v1::EXCEPTION_KIND_HELD_REPORT);
  const auto held = Call(&v1::AuditService::Stub::ListExceptions, exceptions).exceptions();
  ASSERT_EQ(held.size(), 4);
  resolve.add_items()->set_held_position(held[0].positions(0));
  Tell(&v1::PaymentService::Stub::ResolveReports, resolve);

  v1::DraftBatchRequest draft;
  *draft.mutable_batch() = Batch(1);
  Tell(&Batches::DraftBatch, draft, "drafter");
  Tell(&Batches::InstructPayments, Instructions(1, people), "drafter");
  v1::WithdrawPaymentsRequest withdraw;
  *withdraw.add_payments() = Payments(1).back().payment();
  Tell(&Batches::WithdrawPayments, withdraw, "drafter");
  const int count = kPeople - 1;
  Tell(&Batches::SubmitBatch, Step<v1::SubmitBatchRequest>(1, count, "SPP"), "drafter");
  Tell(&Batches::SendBackBatch, Step<v1::SendBackBatchRequest>(1, count, "NOTA"), "verifier");
  Tell(&Batches::SubmitBatch, Step<v1::SubmitBatchRequest>(2, count, "SPP"), "drafter");
  Tell(&Batches::VerifyBatch, Step<v1::VerifyBatchRequest>(2, count, "BAV"), "verifier");
  Tell(&Batches::ApproveBatch, Step<v1::ApproveBatchRequest>(2, count, "SPM"), "approver");
  Tell(&Batches::ReleaseBatch, Step<v1::ReleaseBatchRequest>(2, count, "SP2D"), "treasurer");
}

void EveryCommand::TellBank() {
  using Bank = v1::PaymentService::Stub;
  v1::SendTransfersRequest send = Transfers(1);
  // All but the last two: one is settled by a held report, one is never sent.
  const v1::Transfer late = send.items(3);
  send.mutable_items()->DeleteSubrange(3, send.items_size() - 3);
  Tell(&Bank::SendTransfers, send, "treasurer");
  v1::RecordOrderFileRequest orders;
  *orders.mutable_batch() = Batch(1);
  orders.set_number(1);
  orders.set_attempt(1);
  orders.set_sha256(std::string(32, 'o'));
  orders.set_count(3);
  orders.set_total(3 * kTrancheAmount);
  Tell(&Bank::RecordOrderFile, orders, "treasurer");
  orders.set_number(2);
  orders.set_again(1);
  Tell(&Bank::RecordOrderFile, orders, "treasurer");
  const std::vector<v1::Payment> payments = Payments(1);

  v1::RecordResultsRequest results;
  results.set_sender("BANK-JATENG");
  for (int i = 0; i < 3; ++i) *results.add_items() = Result(10 + i, payments[i].reference());
  for (int i : {1, 2}) {
    results.mutable_items(i)->set_kind(ledger::v1::REPORT_KIND_RETURNED);
    results.mutable_items(i)->set_reason(ledger::v1::RETURN_REASON_DS28);
  }
  *results.add_items() = Result(20, payments[3].reference());  // Never sent: held.
  const auto reported = Tell(&Bank::RecordResults, results, "bank-gateway");
  ASSERT_EQ(reported.held_size(), 1);

  v1::SettleHeldReportRequest settle;
  settle.set_cites(reported.outcomes().accepted(0).first_position() + 3);
  *settle.mutable_payment() = payments[3].payment();
  settle.set_attempt(late.attempt());
  settle.set_value_date("2025-06-01");
  settle.set_amount(kTrancheAmount);
  settle.set_sender("OFFICE");
  settle.set_line(1);
  *settle.mutable_basis() = Letter("SURAT", "BANK-2");
  Tell(&Bank::SettleHeldReport, settle);

  v1::ReissuePaymentsRequest reissue;
  *reissue.mutable_basis() = Letter("SRPR", "SRPR-1");
  *reissue.add_items()->mutable_payment() = payments[1].payment();
  reissue.mutable_items(0)->set_attempt(2);
  Tell(&Bank::ReissuePayments, reissue, "treasurer");
  v1::RemitPaymentsRequest remit;
  *remit.mutable_basis() = Letter("STS", "STS-1");
  for (const int i : {1, 2, 4}) *remit.add_items()->mutable_payment() = payments[i].payment();
  Tell(&Bank::RemitPayments, remit);
  Tell(&v1::BatchService::Stub::CloseBatch, Step<v1::CloseBatchRequest>(2, 0, "BAP"));
}

void EveryCommand::TellEnds(const std::vector<uint64_t>& people) {
  v1::RecordDeathsRequest deaths;
  *deaths.mutable_basis() = Letter("SURAT", "D-1");
  deaths.add_items()->mutable_recipient()->set_number(people[0]);
  deaths.mutable_items(0)->set_died_on("2025-05-01");
  deaths.mutable_items(0)->set_source(ledger::v1::DEATH_SOURCE_CIVIL_REGISTRY);
  Tell(&v1::RecipientService::Stub::RecordDeaths, deaths);
  v1::ListEntitlementsRequest dead;
  dead.set_program("KJS");
  dead.set_filter(v1::ENTITLEMENT_FILTER_DIED_BUT_RUNNING);
  const auto listed = Call(&v1::EligibilityService::Stub::ListEntitlements, dead);
  ASSERT_EQ(listed.entitlements_size(), 1);
  v1::EndEntitlementsRequest end;
  *end.mutable_basis() = Letter("SK", "SK-2");
  v1::EntitlementEnd& item = *end.add_items();
  item.set_program("KJS");
  item.mutable_recipient()->set_number(people[0]);
  item.set_slot(listed.entitlements(0).entitlement().slot());
  item.set_holder(listed.entitlements(0).entitlement().holder());
  item.set_reason(ledger::v1::END_REASON_DIED);
  item.set_ended_on("2025-05-01");
  item.set_last_tranche(1);
  Tell(&v1::EligibilityService::Stub::EndEntitlements, end);
}

}  // namespace bansos::testing
