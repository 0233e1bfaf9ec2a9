// The acts about people: from the registration to the entitlement and its end.
#include <limits>

#include "absl/strings/str_cat.h"
#include "tests/agreement/odd_rules.h"
#include "tests/agreement/story.h"
#include "tests/grpc/office_fixture.h"

namespace bansos::testing {
namespace {

int64_t OddAssessed(Oddities& odd, const std::string& indicator) {
  if (indicator == "since") {
    return odd.Pick<int64_t>({20200101, 20240229, 19000101, odd.OneIn(9) ? 20230229 : 29991231});
  }
  if (indicator == "desil")
    return static_cast<int64_t>(odd.OneIn(4) ? odd.Below(12) : 1 + odd.Below(8));
  return odd.Pick<int64_t>({0, 1, 6, 8, 1'000'000'000'000'000, int64_t{1} << 40, -1,
                            std::numeric_limits<int64_t>::max()});
}

}  // namespace

void Story::Register() {
  v1::RegisterRecipientsRequest request;
  if (odd_.OneIn(2)) *request.mutable_basis() = Letter("BAST");
  for (uint64_t i = 0; i < 1 + odd_.Below(4); ++i) {
    v1::Registration& item = *request.add_items();
    const int person = people_++;
    item.set_area(odd_.Pick<std::string>({"33.74", "33.01"}));
    v1::Identity& identity = *item.mutable_identity();
    identity.set_name(NameOf(person));
    if (odd_.OneIn(6)) {
      item.set_kind(ledger::v1::RECIPIENT_KIND_INSTITUTION);
      identity.set_registration_number(absl::StrCat("LKS-33/", person));
      continue;
    }
    item.set_kind(ledger::v1::RECIPIENT_KIND_PERSON);
    identity.set_nik(NikOf(person));
    identity.set_birth_place("Semarang");
    identity.set_birth_date("1980-01-01");
    identity.set_sex(v1::SEX_MALE);
    identity.set_address("Jalan Contoh 1");
    identity.set_kk(KkOf(person / 2));
  }
  Do(&v1::RecipientService::Stub::RegisterRecipients, request);
}

void Story::Correct() {
  v1::CorrectIdentitiesRequest request;
  *request.mutable_basis() = Letter("SURAT");
  for (const uint64_t recipient : SomeRecipients(2)) {
    v1::IdentityCorrection& item = *request.add_items();
    item.mutable_recipient()->set_number(recipient);
    item.set_area(odd_.Pick<std::string>({"33.74", "33.01"}));
    item.mutable_identity()->set_name("Nama Betul");
    const RecipientState* of = state_.FindRecipient(RecipientNumber(recipient));
    if (of->kind == RecipientKind::kPerson) {
      item.mutable_identity()->set_kk(KkOf(static_cast<int>(odd_.Below(5))));
    }
  }
  Do(&v1::RecipientService::Stub::CorrectIdentities, request);
}

void Story::AssignPayees(const std::vector<uint64_t>& recipients) {
  v1::AssignPayeesRequest request;
  *request.mutable_basis() = Letter("BAST");
  for (const uint64_t recipient : recipients) {
    v1::PayeeAssignment& item = *request.add_items();
    item.mutable_recipient()->set_number(recipient);
    item.set_channel(static_cast<ledger::v1::Channel>(1 + odd_.Below(5)));
    item.set_holder(static_cast<ledger::v1::Holder>(1 + odd_.Below(3)));
    item.mutable_details()->set_holder_name("Warga");
    if (item.channel() > ledger::v1::CHANNEL_VIRTUAL_ACCOUNT) continue;
    item.mutable_details()->set_bank(odd_.Pick<std::string>({"Bank Jateng", "bank jateng", "BRI"}));
    // Now and then another's.
    const bool shared = odd_.OneIn(5);
    item.mutable_details()->set_account_number(
        AccountOf(static_cast<int>(shared ? odd_.Below(4) : recipient * 100 + odd_.Below(3))));
    if (shared) item.set_shared_account_reason(ledger::v1::SHARED_ACCOUNT_REASON_SAME_HOUSEHOLD);
  }
  Do(&v1::RecipientService::Stub::AssignPayees, request,
     odd_.Pick<std::string>({"account-desk", "drafter", "treasurer"}));
}

void Story::Assess(const std::vector<uint64_t>& recipients) {
  v1::RecordAssessmentsRequest request;
  *request.mutable_basis() = Letter("BAST");
  request.set_catalogue("DT-Jateng");
  const auto known = state_.ledger.catalogues.find("DT-Jateng");
  if (known == state_.ledger.catalogues.end()) return;
  request.set_catalogue_version(1 + static_cast<uint32_t>(odd_.Below(known->second.last_version)));
  for (const char* indicator : kOddIndicators) {
    if (!odd_.OneIn(3) || std::string("desil") == indicator) request.add_indicators(indicator);
  }
  for (const uint64_t recipient : recipients) {
    v1::Assessment& item = *request.add_items();
    item.mutable_recipient()->set_number(recipient);
    item.set_survey_date(odd_.Pick({Day(0), Day(1), Day(90), std::string("1900-01-01")}));
    for (int i = 0; i < request.indicators_size(); ++i) {
      item.add_values(OddAssessed(odd_, request.indicators(i)));
      if (odd_.OneIn(6)) item.add_unknown(static_cast<uint32_t>(i));
    }
  }
  Do(&v1::EligibilityService::Stub::RecordAssessments, request);
}

void Story::RecordDeaths() {
  v1::RecordDeathsRequest request;
  *request.mutable_basis() = Letter("SURAT");
  const uint64_t recipient = AnyRecipient();
  if (recipient == 0) return;
  v1::Death& item = *request.add_items();
  item.mutable_recipient()->set_number(recipient);
  const RecipientState& of = *state_.FindRecipient(RecipientNumber(recipient));
  if (of.died_on != 0 && !odd_.OneIn(3)) {
    item.set_lives(true);
  } else {
    item.set_died_on(Day(static_cast<int>(odd_.Below(3))));
  }
  item.set_source(ledger::v1::DEATH_SOURCE_VILLAGE);
  Do(&v1::RecipientService::Stub::RecordDeaths, request);
}

void Story::Propose(const ProgramState& program, const std::vector<uint64_t>& recipients) {
  v1::ProposeCandidatesRequest request;
  *request.mutable_basis() = Letter("SURAT");
  for (const uint64_t recipient : recipients) {
    v1::Proposal& item = *request.add_items();
    item.set_program(program.terms.program);
    item.mutable_recipient()->set_number(recipient);
    item.set_proposer("DINSOS");
    item.set_candidate_class(odd_.Pick<std::string>({"UMUM", "KELAS-1", "X"}));
    item.set_work_area(odd_.Pick<std::string>({"33.74", "33.01", ""}));
  }
  Do(&v1::EligibilityService::Stub::ProposeCandidates, request);
}

void Story::DecideSome(const ProgramState& program) {
  v1::DecideEligibilityRequest request;
  request.set_program(program.terms.program);
  if (odd_.OneIn(4))
    request.mutable_basis()->set_effective_date(Day(static_cast<int>(odd_.Below(9))));
  for (const RecipientNumber recipient : program.candidates) {
    if (odd_.OneIn(4)) continue;
    request.add_recipients(recipient.value());
  }
  if (request.recipients().empty()) return;
  // The views answer this one, and a decision is of what they have seen.
  v1::GetStatusRequest status;
  status.mutable_read()->set_min_position(state_.next.value());
  v1::GetStatusResponse seen;
  if (!Try(&v1::AdminService::Stub::GetStatus, status, seen).ok()) return;
  Do(&v1::EligibilityService::Stub::DecideEligibility, request);
}

void Story::DecreeSome(const ProgramState& program) {
  v1::RankCandidatesRequest rank;
  rank.mutable_read()->set_min_position(state_.next.value());
  rank.set_program(program.terms.program);
  rank.set_count(1 + static_cast<uint32_t>(odd_.Below(4)));
  v1::RankCandidatesResponse ranking;
  if (!Try(&v1::EligibilityService::Stub::RankCandidates, rank, ranking).ok()) return;
  if (ranking.ranked().empty()) return;
  v1::DecreeRecipientsRequest request;
  *request.mutable_basis() = Letter("SK");
  request.set_program(program.terms.program);
  for (const v1::RankedCandidate& ranked : ranking.ranked()) {
    v1::Decree& item = *request.add_items();
    item.mutable_recipient()->set_number(ranked.recipient());
    item.set_slot(ranked.slot());
    item.set_holder(ranked.holder());
    item.set_replaces(ranked.replaces());
    item.set_first_tranche(1);
    if (program.terms.amount_by_decree) item.set_amount(odd_.Pick<int64_t>({1, 300, 250'000}));
  }
  if (!decrees_by_rank_) return Do(&v1::EligibilityService::Stub::DecreeRecipients, request);
  if (odd_.OneIn(4)) request.mutable_basis()->mutable_document()->set_number(odd_.Text());
  if (odd_.OneIn(4)) request.mutable_basis()->set_effective_date(odd_.Date());
  Send(&v1::EligibilityService::Stub::DecreeRecipients, request, "operator-1", /*odd=*/false);
}

// From the proposal to the decree, of people who are none of the programme's.
void Story::Entitle() {
  const std::string code = AnyProgram().terms.program;
  std::vector<uint64_t> recipients;
  for (const uint64_t recipient : SomeRecipients(4)) {
    const Candidacy* of = state_.FindProgram(code)->FindCandidacy(RecipientNumber(recipient));
    if (of == nullptr || of->Running() == nullptr) recipients.push_back(recipient);
  }
  if (recipients.empty()) return Register();
  AssignPayees(recipients);
  Assess(recipients);
  Propose(*state_.FindProgram(code), recipients);
  DecideSome(*state_.FindProgram(code));
  DecreeSome(*state_.FindProgram(code));
}

void Story::ChangeFacts() {
  switch (odd_.Below(4)) {
    case 0:
      return AssignPayees(SomeRecipients(3));
    case 1:
      return Assess(SomeRecipients(2));
    case 2:
      return Propose(AnyProgram(), SomeRecipients(2));
    default:
      return DecideSome(AnyProgram());
  }
}

void Story::EndSome() {
  const ProgramState& program = AnyProgram();
  v1::EndEntitlementsRequest request;
  *request.mutable_basis() = Letter("SK");
  for (const auto& [slot, of] : program.slots) {
    if (!of.running || !odd_.OneIn(3)) continue;
    v1::EntitlementEnd& item = *request.add_items();
    item.set_program(program.terms.program);
    item.mutable_recipient()->set_number(of.last_holder.value());
    item.set_slot(slot);
    item.set_holder(of.holders);
    item.set_reason(static_cast<ledger::v1::EndReason>(1 + odd_.Below(7)));
    item.set_ended_on(Day(0));
    item.set_last_tranche(static_cast<uint32_t>(odd_.Below(3)));
  }
  if (request.items().empty()) return;
  Do(&v1::EligibilityService::Stub::EndEntitlements, request);
}

}  // namespace bansos::testing
