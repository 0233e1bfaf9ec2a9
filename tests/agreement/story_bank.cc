// The acts after the release: orders to the bank, its reports, and what becomes of returned money.
#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ledger/domain/reference.h"
#include "tests/agreement/story.h"

namespace bansos::testing {
namespace {

using Bank = v1::PaymentService::Stub;

}  // namespace

void Story::SendSome() {
  const PaymentState* one = AnyPayment({PaymentPhase::kInstructed, PaymentPhase::kReissued});
  if (one == nullptr) return;
  v1::SendTransfersRequest request;
  request.set_program(state_.at(one->program).terms.program);
  request.set_tranche(one->tranche);
  for (const PaymentState& payment : state_.payments) {
    const bool waits =
        payment.phase == PaymentPhase::kInstructed || payment.phase == PaymentPhase::kReissued;
    if (!waits || (!state_.at(payment.batch).released_or_closed() && !odd_.OneIn(8)) ||
        payment.program != one->program || payment.tranche != one->tranche)
      continue;
    if (odd_.OneIn(4)) continue;
    v1::Transfer& item = *request.add_items();
    item.set_recipient(payment.recipient.value());
    item.set_number(payment.number);
    item.set_attempt(payment.attempt);
    item.set_payee_position(payment.payee_position.value());
  }
  if (!request.items().empty()) Do(&Bank::SendTransfers, request, "treasurer");
}

void Story::WriteOrders() {
  const PaymentState* one = AnyPayment({PaymentPhase::kSent});
  if (one == nullptr) return;
  const BatchState& batch = state_.at(one->batch);
  v1::RecordOrderFileRequest request;
  *request.mutable_batch() = KeyOf(batch);
  request.set_number(static_cast<uint32_t>(batch.order_files.size()) + 1);
  request.set_attempt(one->attempt);
  request.set_sha256(std::string(32, 'o'));
  std::optional<Position> last;
  uint32_t number = 0;
  for (const OrderFileState& file : batch.order_files) {
    ++number;
    if (file.attempt != one->attempt || file.again != 0) continue;
    last = file.written_at;
    if (odd_.OneIn(4)) request.set_again(number);
  }
  for (const PaymentIndex index : batch.payments) {
    const PaymentState& payment = state_.at(index);
    if (payment.phase != PaymentPhase::kSent || payment.attempt != one->attempt) continue;
    // Of a file handed over again: as if it were the first.
    if (request.again() == 0 && last && *payment.last_sent_at < *last) continue;
    request.set_count(request.count() + 1);
    request.set_total(request.total() + payment.amount);
  }
  Do(&Bank::RecordOrderFile, request, "treasurer");
}

void Story::ReceiveFile() {
  v1::ReceiveResultFileRequest request;
  request.set_kind("MIXED");
  request.set_sender(odd_.Pick<std::string>({"BANK-JATENG", "A", "9"}));
  request.set_sha256(std::string(32, static_cast<char>('a' + odd_.Below(20))));
  request.set_lines(odd_.Pick<uint32_t>({1, 2, 30, 10'000'000}));
  if (odd_.OneIn(2)) request.set_settled_total(odd_.Pick<int64_t>({1, 1'110'000, 300}));
  if (odd_.OneIn(3)) request.set_returned_total(100);
  Do(&Bank::ReceiveResultFile, request, "bank-gateway");
}

void Story::ReportSome() {
  v1::RecordResultsRequest request;
  const bool of_file = !state_.files.empty() && odd_.OneIn(2);
  uint64_t lines = 0;
  if (of_file) {
    const ResultFileState& file = odd_.Pick(state_.files);
    request.set_file_position(file.received_at.value());
    lines = file.lines;
  } else {
    request.set_sender(odd_.Pick<std::string>({"BANK-JATENG", "OFFICE"}));
  }
  for (uint64_t i = 0; i < 1 + odd_.Below(3) && !state_.payments.empty(); ++i) {
    const PaymentState* sent = AnyPayment({PaymentPhase::kSent});
    if (sent == nullptr || odd_.OneIn(5)) {
      sent = AnyPayment({PaymentPhase::kSettled, PaymentPhase::kReturned});
    }
    if (sent == nullptr && !odd_.OneIn(8)) break;
    const PaymentState& payment =
        sent == nullptr || odd_.OneIn(20) ? odd_.Pick(state_.payments) : *sent;
    v1::Result& item = *request.add_items();
    item.set_line(!of_file || odd_.OneIn(10) ? ++lines_ : 1 + odd_.Below(lines));
    const uint32_t attempt =
        odd_.OneIn(15) ? static_cast<uint32_t>(odd_.Below(3)) : payment.attempt;
    item.set_reference(FormatReference(state_.KeyOf(payment), attempt));
    item.set_amount(payment.amount + (odd_.OneIn(10) ? 1 : 0));
    item.set_value_date(Day(odd_.OneIn(3) ? static_cast<int>(odd_.Below(5)) - 2 : 0));
    item.set_bank_reference(odd_.OneIn(2) ? "" : absl::StrCat("BJT-", item.line()));
    item.set_kind(ledger::v1::REPORT_KIND_SETTLED);
    if (odd_.OneIn(2)) continue;
    item.set_kind(ledger::v1::REPORT_KIND_RETURNED);
    item.set_reason(odd_.OneIn(2) ? ledger::v1::RETURN_REASON_DS28
                                  : static_cast<ledger::v1::ReturnReason>(1 + odd_.Below(16)));
  }
  if (request.items().empty()) return;
  Do(&Bank::RecordResults, request, "bank-gateway");
}

std::optional<uint64_t> Story::AnyOpenReport() {
  std::vector<uint64_t> open;
  for (const auto& [position, report] : state_.held) {
    if (report.open) open.push_back(position.value());
  }
  if (open.empty()) return std::nullopt;
  std::sort(open.begin(), open.end());
  return odd_.Pick(open);
}

void Story::SettleHeld() {
  const std::optional<uint64_t> cites = AnyOpenReport();
  if (!cites || state_.payments.empty()) return;
  const HeldReport held = state_.held.at(Position(*cites));
  const PaymentState& payment =
      held.payment ? state_.at(*held.payment) : odd_.Pick(state_.payments);
  v1::SettleHeldReportRequest request;
  *request.mutable_basis() = Letter("SURAT");
  request.set_cites(*cites);
  *request.mutable_payment() = KeyOf(payment);
  request.set_attempt(payment.attempt);
  request.set_value_date(absl::StrCat(held.value_date / 10000, "-", held.value_date / 1000 % 10,
                                      held.value_date / 100 % 10, "-", held.value_date / 10 % 10,
                                      held.value_date % 10));
  request.set_amount(held.amount);
  request.set_sender("OFFICE");
  request.set_line(++lines_);
  Do(&Bank::SettleHeldReport, request);
}

void Story::Reissue() {
  const PaymentState* payment = AnyPayment({PaymentPhase::kReturned});
  if (payment == nullptr) return;
  v1::ReissuePaymentsRequest request;
  *request.mutable_basis() = Letter("SRPR");
  *request.add_items()->mutable_payment() = KeyOf(*payment);
  request.mutable_items(0)->set_attempt(payment->attempt + 1);
  Do(&Bank::ReissuePayments, request, "treasurer");
}

void Story::Remit() {
  const PaymentState* payment =
      AnyPayment({PaymentPhase::kReturned, PaymentPhase::kInstructed, PaymentPhase::kReissued});
  if (payment == nullptr) return;
  v1::RemitPaymentsRequest request;
  *request.mutable_basis() = Letter("STS");
  *request.add_items()->mutable_payment() = KeyOf(*payment);
  Do(&Bank::RemitPayments, request);
}

void Story::Resolve() {
  std::optional<uint64_t> held = AnyOpenReport();
  // Also whole files.
  for (const ResultFileState& file : state_.files) {
    if (file.event_of_line.size() == file.lines && odd_.OneIn(6)) held = file.received_at.value();
  }
  if (!held) return;
  v1::ResolveReportsRequest request;
  if (odd_.OneIn(2)) *request.mutable_basis() = Letter("SURAT");
  v1::Resolution& item = *request.add_items();
  item.set_held_position(*held);
  for (uint64_t i = 0; i < odd_.Below(3); ++i) {
    item.add_carried_by(odd_.Below(state_.next.value() + 1));
  }
  Do(&Bank::ResolveReports, request);
}

}  // namespace bansos::testing
