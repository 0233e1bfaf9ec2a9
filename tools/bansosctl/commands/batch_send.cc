#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/batch_commands.h"
#include "tools/bansosctl/commands/names.h"
#include "tools/bansosctl/csv/atomic_file.h"
#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

constexpr int kWibOffsetSeconds = 7 * 3600;

struct SendArguments {
  std::string batch;
  std::string orders;
  uint32_t attempt = 1;
  BasisOptions basis;
};

// The orders of one attempt: first recorded, then written, so that no order leaves unrecorded.
class OrderWriter {
 public:
  OrderWriter(Connection& connection, const SendArguments& arguments,
              const ledger::v1::BatchKey& batch, v1::Basis basis, std::string order_date,
              AtomicFile& file, Tally& tally)
      : connection_(connection),
        arguments_(arguments),
        batch_(batch),
        basis_(std::move(basis)),
        order_date_(std::move(order_date)),
        file_(file),
        tally_(tally) {}

  absl::Status Run() {
    v1::ListBatchPaymentsRequest request;
    *request.mutable_batch() = batch_;
    request.add_states(v1::PAYMENT_STATE_INSTRUCTED);
    request.add_states(v1::PAYMENT_STATE_REISSUED);
    request.add_states(v1::PAYMENT_STATE_SENT);
    request.set_include_payee(true);
    request.set_page_size(kPageRowsMax);
    RETURN_IF_ERROR(ForEachPage<v1::BatchService::Stub>(
        connection_, &v1::BatchService::Stub::ListBatchPayments, request,
        [this](v1::ListBatchPaymentsResponse page) -> absl::StatusOr<bool> {
          RETURN_IF_ERROR(TakePage(std::move(page)));
          return true;
        }));
    return window_.Finish();
  }

  uint64_t of_other_attempts() const { return of_other_attempts_; }

 private:
  struct Page {
    v1::ListBatchPaymentsResponse payments;
    std::vector<int> sent_now;  // index of the payment by index of the item
    std::vector<bool> refused;  // by index of the payment
  };

  absl::Status TakePage(v1::ListBatchPaymentsResponse payments) {
    auto page = std::make_shared<Page>();
    page->payments = std::move(payments);
    page->refused.assign(page->payments.payments_size(), false);
    v1::SendTransfersRequest request;
    *request.mutable_options() = connection_.write_options();
    *request.mutable_basis() = basis_;
    request.set_program(batch_.program());
    request.set_tranche(batch_.tranche());
    for (int i = 0; i < page->payments.payments_size(); ++i) {
      const v1::Payment& payment = page->payments.payments(i);
      const bool unsent = payment.state() != v1::PAYMENT_STATE_SENT;
      if (payment.attempt() != arguments_.attempt) {
        of_other_attempts_ += unsent;
        continue;
      }
      if (!unsent) continue;
      v1::Transfer& transfer = *request.add_items();
      transfer.set_recipient(payment.payment().recipient());
      transfer.set_number(payment.payment().number());
      transfer.set_attempt(payment.attempt());
      transfer.set_payee_position(payment.payee_position());
      page->sent_now.push_back(i);
    }
    return window_.Submit(
        [this, request = std::move(request)]() -> absl::StatusOr<v1::SendTransfersResponse> {
          if (request.items().empty()) return v1::SendTransfersResponse();
          return connection_.Call(&v1::PaymentService::Stub::SendTransfers, request);
        },
        [this, page](const v1::SendTransfersResponse& response) {
          return Write(*page, response.outcomes());
        });
  }

  absl::Status Write(Page& page, const v1::Outcomes& outcomes) {
    for (const v1::Refusal& refusal : outcomes.refusals()) {
      if (refusal.index() >= page.sent_now.size()) {
        return absl::InternalError("the server refused an order that was not stated");
      }
      page.refused[page.sent_now[refusal.index()]] = true;
    }
    tally_.Add(outcomes, static_cast<int>(page.sent_now.size()), [&page](int index) {
      return FormatPaymentKey(page.payments.payments(page.sent_now[index]).payment());
    });
    for (int i = 0; i < page.payments.payments_size(); ++i) {
      const v1::Payment& payment = page.payments.payments(i);
      if (payment.attempt() != arguments_.attempt || page.refused[i]) continue;
      ++tally_.items;
      tally_.already += payment.state() == v1::PAYMENT_STATE_SENT;
      RETURN_IF_ERROR(WriteOrder(payment));
    }
    tally_.items += outcomes.refusals_size();
    return absl::OkStatus();
  }

  absl::Status WriteOrder(const v1::Payment& payment) {
    const v1::PayeeDetails& details = payment.payee().details();
    line_.clear();
    AppendCsvRow(line_,
                 {payment.reference(), std::to_string(payment.payment().recipient()),
                  std::to_string(payment.amount()), NameOf(payment.payee().channel(), "CHANNEL_"),
                  details.account_number(), details.bank(), details.holder_name(), order_date_});
    ++tally_.counts["orders in the file"];
    tally_.counts["rupiah in the file"] += static_cast<uint64_t>(payment.amount());
    return file_.Append(line_);
  }

  Connection& connection_;
  const SendArguments& arguments_;
  const ledger::v1::BatchKey batch_;
  const v1::Basis basis_;
  const std::string order_date_;
  AtomicFile& file_;
  Tally& tally_;
  RequestWindow<v1::SendTransfersResponse> window_;
  std::string line_;
  uint64_t of_other_attempts_ = 0;
};

std::string TodayWib(Clock& clock) {
  const absl::Time now = absl::FromUnixMicros(clock.NowMicros());
  return FormatDate(absl::ToCivilDay(now, absl::FixedTimeZone(kWibOffsetSeconds)));
}

absl::Status SendCommand(Session& session, const SendArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const ledger::v1::BatchKey batch, ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  const std::string order_date =
      basis.effective_date().empty() ? TodayWib(session.clock()) : basis.effective_date();
  ASSIGN_OR_RETURN(
      const std::unique_ptr<AtomicFile> file,
      AtomicFile::CreateTable(
          arguments.orders,
          "reference,recipient,amount,channel,account_number,bank,holder_name,order_date\n"));
  Tally tally{.job = absl::StrCat("batch send ", arguments.batch), .unit = "orders"};
  const int64_t started_us = session.clock().NowMicros();
  OrderWriter writer(session.connection(), arguments, batch, basis, order_date, *file, tally);
  RETURN_IF_ERROR(writer.Run());
  RETURN_IF_ERROR(file->Commit());
  if (writer.of_other_attempts() > 0) {
    session.Say(absl::StrCat(writer.of_other_attempts(),
                             " unsent payments are at another attempt: "
                             "send them with --attempt and an orders file of their own."));
  }
  tally.elapsed_ms = (session.clock().NowMicros() - started_us) / 1000;
  return session.ReportAll(tally);
}

}  // namespace

void AddBatchSendCommand(CommandNode group) {
  auto send = std::make_shared<SendArguments>();
  group
      .Command("send", "Records the orders of a batch and then writes them for the bank.",
               "The orders file holds every order of the attempt that has no result yet, readable "
               "by its owner only. Run again before results came, it writes the same file.\n"
               "Example: bansosctl --actor cashier-1 batch send --batch KJS/1/1 --orders "
               "orders-KJS-1-1.csv --effective-date 2025-01-27",
               [send](Session& s) { return SendCommand(s, *send); })
      .Text("--batch", send->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired)
      .Text("--orders", send->orders, "Orders file to write.", Wanted::kRequired)
      .Number("--attempt", send->attempt, "Which attempt; 1 if not stated.")
      .Basis(send->basis);
}

}  // namespace bansos
