#include "tests/grpc/as_of_office.h"

#include "absl/strings/str_cat.h"

namespace bansos::testing {
namespace {

constexpr int64_t kMinuteUs = 60'000'000;
constexpr uint32_t kQuota = 250;
constexpr int kMovedAccounts = 100'000;

template <typename Request>
Request StepOf(const ledger::v1::BatchKey& batch, size_t count, const std::string& kind) {
  Request request;
  *request.mutable_basis() =
      Letter(kind, absl::StrCat(kind, "-", batch.tranche(), "-", batch.number()));
  *request.mutable_batch() = batch;
  request.set_round(1);
  request.set_count(count);
  request.set_total(static_cast<int64_t>(count) * kTrancheAmount);
  return request;
}

}  // namespace

void AsOfOffice::Begin() {
  OpenOffice(kQuota);
  Newcomers();
  DecreeSome();
}

void AsOfOffice::Act() {
  clock().AdvanceMicros(kMinuteUs * static_cast<int64_t>(1 + Pick(2000)));
  switch (Pick(14)) {
    case 0:
    case 1:
    case 2:
      return Newcomers();
    case 3:
      return DecreeSome();
    case 4:
    case 5:
      return PayBatch();
    case 6:
    case 7:
      return SendSome();
    case 8:
    case 9:
      return ReportSome();
    case 10:
      return SendBackOrAgain();
    case 11:
      return SomebodyDies();
    case 12:
      return Pick(2) == 0 ? SomebodyLeaves() : MoneyComes();
    default:
      return SomebodyMovesMoney();
  }
}

void AsOfOffice::Newcomers() {
  if (people_ >= 450) return;
  const int count = 5 + static_cast<int>(Pick(20));
  const std::vector<uint64_t> recipients = Register(people_, count);
  AssignPayees(recipients, people_);
  people_ += count;
  clock().AdvanceMicros(kMinuteUs);
  std::vector<int64_t> deciles;
  for (int i = 0; i < count; ++i) deciles.push_back(static_cast<int64_t>(Pick(7)));
  Assess(recipients, deciles);
  Propose(Some(recipients, 90), absl::StrCat("P-", ++letters_));
  v1::DecideEligibilityRequest decide;
  decide.set_program("KJS");
  for (const uint64_t recipient : Some(recipients, 85)) decide.add_recipients(recipient);
  if (decide.recipients_size() > 0) {
    Attempt(&v1::EligibilityService::Stub::DecideEligibility, decide);
  }
}

void AsOfOffice::DecreeSome() { Decree(5 + static_cast<uint32_t>(Pick(30))); }

void AsOfOffice::PayBatch() {
  v1::ListEntitlementsRequest payable;
  payable.set_program("KJS");
  payable.set_filter(v1::ENTITLEMENT_FILTER_PAYABLE);
  payable.set_tranche(1 + static_cast<uint32_t>(Pick(2)));
  payable.set_page_size(60);
  const auto owed = Call(&v1::EligibilityService::Stub::ListEntitlements, payable);
  ledger::v1::BatchKey batch = Batch(payable.tranche());
  for (const auto& other : batches_) {
    if (other.tranche() == batch.tranche()) batch.set_number(other.number() + 1);
  }
  v1::DraftBatchRequest draft;
  *draft.mutable_batch() = batch;
  Call(&v1::BatchService::Stub::DraftBatch, draft, "drafter");
  batches_.push_back(batch);
  v1::InstructPaymentsRequest instruct;
  *instruct.mutable_batch() = batch;
  for (const v1::ListedEntitlement& listed : owed.entitlements()) {
    v1::Instruction& item = *instruct.add_items();
    item.set_recipient(listed.entitlement().recipient());
    item.set_number(listed.payment_number());
    item.set_amount(listed.payment_amount());
  }
  if (instruct.items_size() == 0) return;
  const auto instructed = Call(&v1::BatchService::Stub::InstructPayments, instruct, "drafter");
  size_t count = 0;
  for (const auto& range : instructed.outcomes().accepted()) count += range.count();
  clock().AdvanceMicros(kMinuteUs);
  Attempt(&v1::BatchService::Stub::SubmitBatch, StepOf<v1::SubmitBatchRequest>(batch, count, "SPP"),
          "drafter");
  if (Pick(8) == 0) return;  // It waits for ever.
  Attempt(&v1::BatchService::Stub::VerifyBatch,
          StepOf<v1::VerifyBatchRequest>(batch, count, "BAST"), "verifier");
  Attempt(&v1::BatchService::Stub::ApproveBatch,
          StepOf<v1::ApproveBatchRequest>(batch, count, "SPM"), "approver");
  Attempt(&v1::BatchService::Stub::ReleaseBatch,
          StepOf<v1::ReleaseBatchRequest>(batch, count, "SP2D"), "treasurer");
}

std::vector<v1::Payment> AsOfOffice::SomePayments(std::vector<v1::PaymentState> states) {
  if (batches_.empty()) return {};
  v1::ListBatchPaymentsRequest request;
  *request.mutable_batch() = batches_[Pick(batches_.size())];
  for (const v1::PaymentState state : states) request.add_states(state);
  request.set_page_size(200);
  const auto response = Call(&v1::BatchService::Stub::ListBatchPayments, request);
  return Some(std::vector<v1::Payment>(response.payments().begin(), response.payments().end()), 80);
}

void AsOfOffice::SendSome() {
  const auto payments = SomePayments({v1::PAYMENT_STATE_INSTRUCTED, v1::PAYMENT_STATE_REISSUED});
  if (payments.empty()) return;
  v1::SendTransfersRequest request;
  request.set_program("KJS");
  request.set_tranche(payments.front().payment().tranche());
  for (const v1::Payment& payment : payments) {
    v1::Transfer& item = *request.add_items();
    item.set_recipient(payment.payment().recipient());
    item.set_number(payment.payment().number());
    item.set_attempt(payment.attempt());
    item.set_payee_position(payment.payee_position());
  }
  Attempt(&v1::PaymentService::Stub::SendTransfers, request, "treasurer");
}

void AsOfOffice::ReportSome() {
  const auto payments = SomePayments({v1::PAYMENT_STATE_SENT, v1::PAYMENT_STATE_SETTLED});
  if (payments.empty()) return;
  v1::RecordResultsRequest request;
  request.set_sender("BANK-JATENG");
  for (const v1::Payment& payment : payments) {
    v1::Result& item = *request.add_items();
    item.set_line(++lines_);
    item.set_reference(Pick(30) == 0 ? absl::StrCat("LAIN-", lines_) : payment.reference());
    item.set_amount(kTrancheAmount - (Pick(30) == 0 ? 1 : 0));
    item.set_value_date("2025-06-01");
    item.set_bank_reference(absl::StrCat("BJ/", lines_));
    item.set_kind(ledger::v1::REPORT_KIND_SETTLED);
    if (Pick(4) != 0) continue;
    item.set_kind(ledger::v1::REPORT_KIND_RETURNED);
    item.set_reason(ledger::v1::RETURN_REASON_DS28);
  }
  Attempt(&v1::PaymentService::Stub::RecordResults, request, "bank-gateway");
}

void AsOfOffice::SendBackOrAgain() {
  v1::ReissuePaymentsRequest reissue;
  *reissue.mutable_basis() = Letter("SRPR", absl::StrCat("SRPR-", ++letters_));
  v1::RemitPaymentsRequest remit;
  *remit.mutable_basis() = Letter("STS", absl::StrCat("STS-", letters_));
  for (const v1::Payment& payment : SomePayments({v1::PAYMENT_STATE_RETURNED})) {
    if (Pick(4) == 0) {
      *remit.add_items()->mutable_payment() = payment.payment();
    } else {
      *reissue.add_items()->mutable_payment() = payment.payment();
      reissue.mutable_items()->rbegin()->set_attempt(payment.attempt() + 1);
    }
  }
  if (reissue.items_size() > 0) {
    Attempt(&v1::PaymentService::Stub::ReissuePayments, reissue, "treasurer");
  }
  if (remit.items_size() > 0) Attempt(&v1::PaymentService::Stub::RemitPayments, remit);
}

void AsOfOffice::SomebodyDies() {
  v1::RecordDeathsRequest request;
  *request.mutable_basis() = Letter("SURAT", absl::StrCat("MATI-", ++letters_));
  for (int i = 0; i < 3; ++i) {
    v1::Death& death = *request.add_items();
    death.mutable_recipient()->set_number(1 + Pick(people_));
    death.set_died_on("2025-05-20");
    death.set_source(ledger::v1::DEATH_SOURCE_CIVIL_REGISTRY);
  }
  Attempt(&v1::RecipientService::Stub::RecordDeaths, request);
}

void AsOfOffice::SomebodyLeaves() {
  v1::ListEntitlementsRequest running;
  running.set_program("KJS");
  running.set_filter(v1::ENTITLEMENT_FILTER_RUNNING);
  const auto places = Call(&v1::EligibilityService::Stub::ListEntitlements, running);
  v1::EndEntitlementsRequest request;
  *request.mutable_basis() = Letter("SK", absl::StrCat("SK-END-", ++letters_));
  for (const v1::ListedEntitlement& listed : places.entitlements()) {
    if (Pick(15) != 0) continue;
    v1::EntitlementEnd& item = *request.add_items();
    item.set_program("KJS");
    item.mutable_recipient()->set_number(listed.entitlement().recipient());
    item.set_slot(listed.entitlement().slot());
    item.set_holder(listed.entitlement().holder());
    item.set_reason(ledger::v1::END_REASON_DIED);
    item.set_ended_on("2025-05-20");
    item.set_last_tranche(1);
  }
  if (request.items_size() > 0) Attempt(&v1::EligibilityService::Stub::EndEntitlements, request);
}

// To another account, which a few share.
void AsOfOffice::SomebodyMovesMoney() {
  const uint64_t recipient = 1 + Pick(people_);
  // An account that nobody had: those of the people are numbered below kMovedAccounts.
  const int account = kMovedAccounts + static_cast<int>(++letters_);
  AssignPayees({recipient}, account, absl::StrCat("REK-P-", account));
}

void AsOfOffice::MoneyComes() {
  v1::AppropriateBudgetRequest budget;
  *budget.mutable_basis() = Letter("DPA", absl::StrCat("DPA-P-", ++letters_));
  budget.set_program("KJS");
  budget.set_amount(kTrancheAmount * static_cast<int64_t>(1 + Pick(9)));
  Attempt(&v1::ProgramService::Stub::AppropriateBudget, budget);
}

}  // namespace bansos::testing
