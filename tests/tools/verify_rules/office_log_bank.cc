// The part of the year after the release: orders, results, reissues and remittances.
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "tests/support/commands.h"
#include "tests/tools/verify_rules/office_log.h"

namespace bansos::testing {
namespace {

constexpr uint64_t kLinesOfFile = 1000;

Command ActOfBank(std::string actor, EventBody body) {
  Command command;
  command.envelope.actor = std::move(actor);
  command.envelope.request_id = "request-1";
  command.body = std::move(body);
  return command;
}

}  // namespace

void OfficeLog::SendAll(uint32_t tranche) {
  for (size_t i = 0; i + 1 < entitled_.size(); ++i) {
    Do(Send(entitled_[i]->number, Position(entitled_[i]->payee_position), tranche));
  }
  const auto count = static_cast<uint32_t>(entitled_.size()) - 1;
  Do(WriteOrders(count, 1, 0, tranche));
  Do(WriteOrders(count, 2, 1, tranche));
}

Command OfficeLog::Report(uint64_t recipient, uint32_t tranche, ReportKind kind, Date value_date) {
  Command command =
      kind == ReportKind::kSettled
          ? ReportSettled(recipient, Position(file_), ++line_, tranche)
          : ReportReturned(recipient, Position(file_), ++line_, ReturnReason::kDS28, tranche);
  auto& report = std::get<ReportTransfer>(command.body);
  report.value_date = value_date;
  const std::string context = absl::StrCat("file/", file_, "/", line_);
  const auto reference = vault_->SealForLedger(SealedField::kReportedReference, 1,
                                               absl::StrCat("reference ", line_), context);
  CHECK_OK(reference.status());
  report.sealed_reference = *reference;
  const auto bank = vault_->Seal(RecipientNumber(recipient), SealedField::kBankReference, 1,
                                 absl::StrCat("BJ/", recipient));
  CHECK_OK(bank.status());
  report.sealed_bank_reference = *bank;
  const auto strangers = vault_->SealForLedger(SealedField::kBankReference, 1,
                                               absl::StrCat("BJ/", recipient), context);
  CHECK_OK(strangers.status());
  report.sealed_strangers_bank_reference = *strangers;
  return command;
}

void OfficeLog::ReportAll(uint32_t tranche) {
  file_ = Do(ReceiveFile(kLinesOfFile, absl::StrCat(tranche)));
  line_ = 0;
  for (size_t i = 0; i + 1 < entitled_.size(); ++i) {
    const ReportKind kind = i % 3 == 0 ? ReportKind::kReturned : ReportKind::kSettled;
    Do(Report(entitled_[i]->number, tranche, kind, 20250108));
  }
}

void OfficeLog::ReissueAndRemit(uint32_t tranche) {
  for (size_t i = 0; i + 1 < entitled_.size(); i += 3) {
    const uint64_t recipient = entitled_[i]->number;
    if (i % 6 == 0) {
      Do(ActOfBank("treasurer",
                   PaymentReissued{PaymentOf(recipient, tranche), 2, std::nullopt, {}}));
      Command sent = Send(recipient, Position(entitled_[i]->payee_position), tranche);
      std::get<TransferSent>(std::get<EventBody>(sent.body)).attempt = 2;
      Do(sent);
      Command settled = Report(recipient, tranche, ReportKind::kSettled, 20250109);
      std::get<ReportTransfer>(settled.body).attempt = 2;
      Do(settled);
    } else {
      Do(ActOfBank("treasurer", PaymentRemitted{PaymentOf(recipient, tranche), {}}),
         MakeDocument("STS", "1"));
    }
  }
  Do(ActOfBank("officer", BatchClosed{{kTestProgram, tranche, 1}, 2}));
}

void OfficeLog::HoldAndResolve() {
  // Settled on the same day once more with another amount, and of a payment that nobody knows.
  for (int i = 0; i < 2; ++i) {
    Command differs = Report(entitled_[1]->number, 1, ReportKind::kSettled, 20250108);
    std::get<ReportTransfer>(differs.body).amount += 1 + i;
    const uint64_t held = Do(differs);
    std::vector<Position> carried_by;
    if (i == 1) carried_by.push_back(Position(held - 1));
    Do(ActOfBank("officer", ReportResolved{Position(held), carried_by, std::nullopt}),
       MakeDocument("SURAT", absl::StrCat("1", i)));
    Command unknown = Report(entitled_[1]->number, 4, ReportKind::kReturned, 20250108);
    auto& report = std::get<ReportTransfer>(unknown.body);
    if (i == 1) report.payment.reset(), report.attempt = 0;
    Do(unknown);
  }
}

}  // namespace bansos::testing
