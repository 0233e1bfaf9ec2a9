#include "tests/grpc/office_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bansos::testing {
namespace {

constexpr char kProgram[] = "KJS";
constexpr char kCatalogue[] = "DT-JATENG";

template <typename Request>
Request Step(uint32_t tranche, size_t count, const std::string& kind) {
  Request request;
  *request.mutable_basis() = Letter(kind, absl::StrCat(kind, "-", tranche));
  request.mutable_batch()->set_program(kProgram);
  request.mutable_batch()->set_tranche(tranche);
  request.mutable_batch()->set_number(1);
  request.set_round(1);
  request.set_count(count);
  request.set_total(static_cast<int64_t>(count) * kTrancheAmount);
  return request;
}

}  // namespace

void ExpectAllAccepted(const v1::Outcomes& outcomes, int count) {
  EXPECT_EQ(outcomes.refusals_size(), 0) << outcomes.ShortDebugString().substr(0, 600);
  uint32_t accepted = 0;
  for (const auto& range : outcomes.accepted()) accepted += range.count();
  EXPECT_EQ(accepted, static_cast<uint32_t>(count));
}

v1::Basis Letter(const std::string& kind, const std::string& number) {
  v1::Basis basis;
  basis.mutable_document()->set_kind(kind);
  basis.mutable_document()->set_number(number);
  basis.mutable_document()->set_date("2025-01-15");
  return basis;
}

std::string NikOf(int person) {
  return absl::StrFormat("337401%02d0180%04d", 1 + person / 9999, 1 + person % 9999);
}
std::string KkOf(int household) {
  return absl::StrFormat("337401%02d0120%04d", 1 + household / 9999, 1 + household % 9999);
}
std::string NameOf(int person) { return absl::StrFormat("Warga Contoh %06d", person); }
std::string AccountOf(int person) { return absl::StrFormat("2-034-%08d", person); }

ledger::v1::BatchKey OfficeFixture::Batch(uint32_t tranche) {
  ledger::v1::BatchKey key;
  key.set_program(kProgram);
  key.set_tranche(tranche);
  key.set_number(1);
  return key;
}

void OfficeFixture::OpenOffice(uint32_t quota) {
  PublishAreas();
  PublishCatalogue();
  OpenProgram(quota);
  PublishRules();
  v1::AppropriateBudgetRequest budget;
  *budget.mutable_basis() = Letter("DPA", "DPA-1");
  budget.set_program(kProgram);
  budget.set_amount(static_cast<int64_t>(quota) * 2 * kTrancheAmount);
  Call(&v1::ProgramService::Stub::AppropriateBudget, budget);
}

void OfficeFixture::PublishAreas() {
  v1::PublishAreasRequest areas;
  areas.set_name("kemendagri");
  areas.set_version(1);
  areas.set_parent("33");
  areas.set_legal_basis("Kepmendagri 050-145/2022");
  areas.set_date_in_force("2025-01-01");
  for (const auto& [code, name] : {std::pair("33.74", "Kota Semarang"), {"33.01", "Cilacap"}}) {
    areas.add_areas()->set_code(code);
    areas.mutable_areas()->rbegin()->set_name(name);
  }
  Call(&v1::AdminService::Stub::PublishAreas, areas);
}

void OfficeFixture::PublishCatalogue() {
  v1::PublishCatalogueRequest catalogue;
  catalogue.set_name(kCatalogue);
  catalogue.set_version(1);
  catalogue.set_legal_basis("Pergub 1/2025");
  catalogue.set_date_in_force("2025-01-01");
  for (const auto& [id, kind] : {std::pair("nik", ledger::v1::INDICATOR_KIND_IDENTITY),
                                 {"desil", ledger::v1::INDICATOR_KIND_CODED},
                                 {"since", ledger::v1::INDICATOR_KIND_DATE}}) {
    ledger::v1::Indicator& indicator = *catalogue.add_indicators();
    indicator.set_number(catalogue.indicators_size());
    indicator.set_id(id);
    indicator.set_kind(kind);
    indicator.set_codes("1-10");
    indicator.set_meaning("as named");
    indicator.set_source("DTKS");
    if (kind != ledger::v1::INDICATOR_KIND_CODED) continue;
    indicator.add_values()->set_first(1);
    indicator.mutable_values(0)->set_last(10);
  }
  Call(&v1::AdminService::Stub::PublishCatalogue, catalogue);
}

void OfficeFixture::OpenProgram(uint32_t quota) {
  v1::OpenProgramRequest program;
  program.set_program(kProgram);
  program.set_name("Kartu Jateng Sejahtera");
  program.set_fiscal_year(2025);
  program.set_fiscal_year_end("2025-12-31");
  program.set_quota(quota);
  program.set_fund(ledger::v1::FUND_APBD_GENERAL);
  program.add_recipient_kinds(ledger::v1::RECIPIENT_KIND_PERSON);
  for (uint32_t number = 1; number <= 2; ++number) {
    v1::Tranche& tranche = *program.add_tranches();
    tranche.set_number(number);
    tranche.set_amount(kTrancheAmount);
    tranche.set_entitlement_date(absl::StrCat("2025-0", number, "-01"));
  }
  Call(&v1::ProgramService::Stub::OpenProgram, program);
}

void OfficeFixture::PublishRules() {
  v1::PublishRuleSetRequest rules;
  rules.set_program(kProgram);
  rules.mutable_rule_set()->set_version(1);
  rules.mutable_rule_set()->set_legal_basis("Pergub 2/2025");
  rules.mutable_rule_set()->set_date_in_force("2025-01-01");
  ledger::v1::Criterion& poor = *rules.mutable_rule_set()->add_criteria();
  poor.set_id("poor");
  poor.set_title("Decile at most 4");
  poor.mutable_expression()->set_operator_(ledger::v1::OPERATOR_LESS_OR_EQUAL);
  poor.mutable_expression()->set_indicator("desil");
  poor.mutable_expression()->add_numbers(4);
  ledger::v1::Criterion& alive = *rules.mutable_rule_set()->add_criteria();
  alive.set_id("alive");
  alive.set_title("Alive");
  alive.mutable_expression()->set_operator_(ledger::v1::OPERATOR_EQUAL);
  alive.mutable_expression()->set_fact(ledger::v1::LEDGER_FACT_ALIVE);
  alive.mutable_expression()->add_numbers(1);
  Call(&v1::ProgramService::Stub::PublishRuleSet, rules);
}

v1::RegisterRecipientsRequest OfficeFixture::Registrations(int first, int count) {
  v1::RegisterRecipientsRequest request;
  *request.mutable_basis() = Letter("BAST", "REG-1");
  for (int person = first; person < first + count; ++person) {
    v1::Registration& item = *request.add_items();
    item.set_kind(ledger::v1::RECIPIENT_KIND_PERSON);
    item.set_area(person % 2 == 0 ? "33.74" : "33.01");
    v1::Identity& identity = *item.mutable_identity();
    identity.set_nik(NikOf(person));
    identity.set_name(NameOf(person));
    identity.set_birth_place("Semarang");
    identity.set_birth_date("1980-01-01");
    identity.set_sex(v1::SEX_MALE);
    identity.set_address("Jalan Contoh 1");
    identity.set_kk(KkOf(person));
  }
  return request;
}

std::vector<uint64_t> OfficeFixture::Register(int first, int count) {
  const auto response =
      Call(&v1::RecipientService::Stub::RegisterRecipients, Registrations(first, count));
  ExpectAllAccepted(response.outcomes(), count);
  return {response.recipients().begin(), response.recipients().end()};
}

void OfficeFixture::AssignPayees(const std::vector<uint64_t>& recipients, int first,
                                 const std::string& letter) {
  v1::AssignPayeesRequest request;
  *request.mutable_basis() = Letter("BAST", letter);
  for (const uint64_t recipient : recipients) {
    v1::PayeeAssignment& item = *request.add_items();
    item.mutable_recipient()->set_number(recipient);
    item.set_channel(ledger::v1::CHANNEL_BANK_ACCOUNT);
    item.set_holder(ledger::v1::HOLDER_SELF);
    item.mutable_details()->set_account_number(AccountOf(first));
    item.mutable_details()->set_bank("Bank Jateng");
    item.mutable_details()->set_holder_name(NameOf(first++));
  }
  const auto response = Call(&v1::RecipientService::Stub::AssignPayees, request, "account-desk");
  ExpectAllAccepted(response.outcomes(), static_cast<int>(recipients.size()));
}

void OfficeFixture::Assess(const std::vector<uint64_t>& recipients,
                           const std::vector<int64_t>& deciles, const std::string& survey_date) {
  v1::RecordAssessmentsRequest request;
  *request.mutable_basis() = Letter("BAST", "SURVEY-" + survey_date);
  request.set_catalogue(kCatalogue);
  request.set_catalogue_version(1);
  request.add_indicators("since");
  request.add_indicators("desil");
  for (size_t i = 0; i < recipients.size(); ++i) {
    v1::Assessment& item = *request.add_items();
    item.mutable_recipient()->set_number(recipients[i]);
    item.set_survey_date(survey_date);
    item.add_values(20200101);
    item.add_values(deciles[i]);
    if (deciles[i] == 0) item.add_unknown(1);
  }
  const auto response = Call(&v1::EligibilityService::Stub::RecordAssessments, request);
  ExpectAllAccepted(response.outcomes(), static_cast<int>(recipients.size()));
}

v1::ProposeCandidatesRequest OfficeFixture::Proposals(const std::vector<uint64_t>& recipients,
                                                      const std::string& letter) {
  v1::ProposeCandidatesRequest request;
  *request.mutable_basis() = Letter("SURAT", letter);
  for (const uint64_t recipient : recipients) {
    v1::Proposal& item = *request.add_items();
    item.set_program(kProgram);
    item.mutable_recipient()->set_number(recipient);
    item.set_proposer("DINSOS");
    item.set_candidate_class("UMUM");
    item.set_work_area("33.74");
  }
  return request;
}

void OfficeFixture::Propose(const std::vector<uint64_t>& recipients, const std::string& letter) {
  const auto response =
      Call(&v1::EligibilityService::Stub::ProposeCandidates, Proposals(recipients, letter));
  ExpectAllAccepted(response.outcomes(), static_cast<int>(recipients.size()));
}

v1::DecideEligibilityResponse OfficeFixture::Decide(const std::vector<uint64_t>& recipients) {
  v1::DecideEligibilityRequest request;
  request.set_program(kProgram);
  request.mutable_recipients()->Assign(recipients.begin(), recipients.end());
  return Call(&v1::EligibilityService::Stub::DecideEligibility, request);
}

std::vector<uint64_t> OfficeFixture::Decree(uint32_t count) {
  v1::RankCandidatesRequest rank;
  rank.mutable_read()->set_min_position(parts().log().Head().size);
  rank.set_program(kProgram);
  rank.set_count(count);
  const auto ranking = Call(&v1::EligibilityService::Stub::RankCandidates, rank);
  v1::DecreeRecipientsRequest request;
  *request.mutable_basis() = Letter("SK", "SK-1");
  request.set_program(kProgram);
  std::vector<uint64_t> recipients;
  for (const v1::RankedCandidate& ranked : ranking.ranked()) {
    v1::Decree& item = *request.add_items();
    item.mutable_recipient()->set_number(ranked.recipient());
    item.set_slot(ranked.slot());
    item.set_holder(ranked.holder());
    item.set_replaces(ranked.replaces());
    item.set_first_tranche(1);
    recipients.push_back(ranked.recipient());
  }
  const auto response = Call(&v1::EligibilityService::Stub::DecreeRecipients, request);
  ExpectAllAccepted(response.outcomes(), request.items_size());
  return recipients;
}

std::vector<uint64_t> OfficeFixture::Entitle(int count) {
  const std::vector<uint64_t> recipients = Register(0, count);
  AssignPayees(recipients, 0);
  Assess(recipients, std::vector<int64_t>(count, 1));
  Propose(recipients);
  ExpectAllAccepted(Decide(recipients).outcomes(), count);
  return Decree(count);
}

v1::InstructPaymentsRequest OfficeFixture::Instructions(uint32_t tranche,
                                                        const std::vector<uint64_t>& recipients) {
  v1::InstructPaymentsRequest request;
  *request.mutable_batch() = Batch(tranche);
  for (const uint64_t recipient : recipients) {
    v1::Instruction& item = *request.add_items();
    item.set_recipient(recipient);
    item.set_number(1);
    item.set_amount(kTrancheAmount);
  }
  return request;
}

void OfficeFixture::ReleaseBatch(uint32_t tranche, const std::vector<uint64_t>& recipients) {
  v1::DraftBatchRequest draft;
  *draft.mutable_batch() = Batch(tranche);
  Call(&v1::BatchService::Stub::DraftBatch, draft, "drafter");
  const size_t count = recipients.size();
  ExpectAllAccepted(
      Call(&v1::BatchService::Stub::InstructPayments, Instructions(tranche, recipients), "drafter")
          .outcomes(),
      static_cast<int>(count));
  Call(&v1::BatchService::Stub::SubmitBatch, Step<v1::SubmitBatchRequest>(tranche, count, "SPP"),
       "drafter");
  Call(&v1::BatchService::Stub::VerifyBatch, Step<v1::VerifyBatchRequest>(tranche, count, "BAST"),
       "verifier");
  Call(&v1::BatchService::Stub::ApproveBatch, Step<v1::ApproveBatchRequest>(tranche, count, "SPM"),
       "approver");
  Call(&v1::BatchService::Stub::ReleaseBatch, Step<v1::ReleaseBatchRequest>(tranche, count, "SP2D"),
       "treasurer");
}

std::vector<v1::Payment> OfficeFixture::Payments(uint32_t tranche, bool include_payee) {
  v1::ListBatchPaymentsRequest request;
  request.mutable_read()->set_min_position(parts().log().Head().size);
  *request.mutable_batch() = Batch(tranche);
  request.set_include_payee(include_payee);
  request.set_page_size(7);  // So that several pages are asked for.
  std::vector<v1::Payment> payments;
  for (;;) {
    const auto response = Call(&v1::BatchService::Stub::ListBatchPayments, request);
    payments.insert(payments.end(), response.payments().begin(), response.payments().end());
    if (response.next_page_token().empty()) return payments;
    request.set_page_token(response.next_page_token());
  }
}

v1::SendTransfersRequest OfficeFixture::Transfers(uint32_t tranche) {
  v1::SendTransfersRequest request;
  request.set_program(kProgram);
  request.set_tranche(tranche);
  for (const v1::Payment& payment : Payments(tranche)) {
    v1::Transfer& item = *request.add_items();
    item.set_recipient(payment.payment().recipient());
    item.set_number(payment.payment().number());
    item.set_attempt(payment.attempt());
    item.set_payee_position(payment.payee_position());
  }
  return request;
}

}  // namespace bansos::testing
