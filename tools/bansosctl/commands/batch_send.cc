#include <filesystem>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "bansos/v1/payment_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/client/request_window.h"
#include "tools/bansosctl/commands/batch_commands.h"
#include "tools/bansosctl/commands/order_file.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

constexpr int kWibOffsetSeconds = 7 * 3600;
constexpr size_t kSha256HexDigits = 64;

struct SendArguments {
  std::string batch;
  std::string orders;
  uint32_t attempt = 1;
  std::string again;
  BasisOptions basis;
};

// Records the orders of one attempt that were not sent yet: before any of them leaves.
class OrderSender {
 public:
  OrderSender(Connection& connection, const ledger::v1::BatchKey& batch, uint32_t attempt,
              v1::Basis basis, Tally& tally)
      : connection_(connection),
        batch_(batch),
        attempt_(attempt),
        basis_(std::move(basis)),
        tally_(tally) {}

  absl::Status Run() {
    v1::ListBatchPaymentsRequest request;
    *request.mutable_batch() = batch_;
    request.add_states(v1::PAYMENT_STATE_INSTRUCTED);
    request.add_states(v1::PAYMENT_STATE_REISSUED);
    request.set_page_size(kPageRowsMax);
    RETURN_IF_ERROR(ForEachPage<v1::BatchService::Stub>(
        connection_, &v1::BatchService::Stub::ListBatchPayments, request,
        [this](const v1::ListBatchPaymentsResponse& page) -> absl::StatusOr<bool> {
          RETURN_IF_ERROR(Send(page));
          return true;
        }));
    return window_.Finish();
  }

  uint64_t of_other_attempts() const { return of_other_attempts_; }

 private:
  absl::Status Send(const v1::ListBatchPaymentsResponse& page) {
    const auto request = std::make_shared<v1::SendTransfersRequest>();
    *request->mutable_options() = connection_.write_options();
    *request->mutable_basis() = basis_;
    request->set_program(batch_.program());
    request->set_tranche(batch_.tranche());
    for (const v1::Payment& payment : page.payments()) {
      if (payment.attempt() != attempt_) {
        ++of_other_attempts_;
        continue;
      }
      v1::Transfer& transfer = *request->add_items();
      transfer.set_recipient(payment.payment().recipient());
      transfer.set_number(payment.payment().number());
      transfer.set_attempt(payment.attempt());
      transfer.set_payee_position(payment.payee_position());
    }
    if (request->items().empty()) return absl::OkStatus();
    tally_.items += static_cast<uint64_t>(request->items_size());
    return window_.Submit(
        [this, request] {
          return connection_.Call(&v1::PaymentService::Stub::SendTransfers, *request);
        },
        [this, request](const v1::SendTransfersResponse& response) {
          tally_.Add(response.outcomes(), request->items_size(), [&](int index) {
            return absl::StrCat(request->program(), "/", request->tranche(), "/",
                                request->items(index).recipient(), "/",
                                request->items(index).number());
          });
          return absl::OkStatus();
        });
  }

  Connection& connection_;
  const ledger::v1::BatchKey batch_;
  const uint32_t attempt_;
  const v1::Basis basis_;
  Tally& tally_;
  RequestWindow<v1::SendTransfersResponse> window_;
  uint64_t of_other_attempts_ = 0;
};

std::string TodayWib(Clock& clock) {
  const absl::Time now = absl::FromUnixMicros(clock.NowMicros());
  return FormatDate(absl::ToCivilDay(now, absl::FixedTimeZone(kWibOffsetSeconds)));
}

std::string OrderDate(Session& session, const v1::Basis& basis) {
  return basis.effective_date().empty() ? TodayWib(session.clock()) : basis.effective_date();
}

absl::Status NotOfThisBatch(const std::string& path, const v1::Batch& batch) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, " exists and is no orders file of ", FormatBatchKey(batch.batch()),
                   " that the ledger knows: name another, or remove it"));
}

// What to say when no order is without a file: `at_path` is the file that stands there, or 0.
void TellNothingNew(Session& session, const v1::Batch& batch, const SendArguments& arguments,
                    uint32_t at_path) {
  int written = 0;
  for (int i = 0; i < batch.order_files_size(); ++i) {
    const v1::OrderFile& file = batch.order_files(i);
    if (file.attempt() != arguments.attempt) continue;
    ++written;
    session.Say(absl::StrCat("Orders file ", i + 1, " with ", file.count(), " orders of Rp ",
                             file.total(), " was recorded at position ", file.position(),
                             ": SHA-256 ", absl::BytesToHexString(file.sha256()), "."));
  }
  if (written == 0) {
    session.Say(absl::StrCat("There is no order of attempt ", arguments.attempt, ", so ",
                             arguments.orders, " was not written."));
  } else if (at_path != 0) {
    session.Say(
        absl::StrCat("No order is without a file; ", arguments.orders, " is file ", at_path, "."));
  } else {
    session.Say(absl::StrCat("No order is without a file, so ", arguments.orders,
                             " was not written. If the bank must get them once more: --again FILE "
                             "(or its SHA-256, where the file is lost)."));
  }
}

// The file of the orders that no file holds yet, if any.
absl::Status WriteNewOrders(Session& session, const v1::Batch& batch,
                            const SendArguments& arguments, const v1::Basis& basis,
                            uint32_t at_path, Tally& tally) {
  OrderFile file(session, batch, arguments.attempt, arguments.orders, basis);
  const OrderSpan span = NewOrders(batch, arguments.attempt);
  bool taken = at_path != 0;
  if (!taken) {
    ASSIGN_OR_RETURN(taken, file.FinishEarlier());
  }
  if (!taken) {
    RETURN_IF_ERROR(file.Write(span, 0, OrderDate(session, basis), tally));
    if (tally.counts.empty()) TellNothingNew(session, batch, arguments, 0);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const uint64_t waiting, CountOrders(session.connection(), batch, span));
  if (waiting > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(waiting, " orders are recorded and in no file yet, and ", arguments.orders,
                     " holds others: run this again with another --orders, which gets them alone"));
  }
  if (at_path != 0) TellNothingNew(session, batch, arguments, at_path);
  return absl::OkStatus();
}

absl::Status SendNew(Session& session, const v1::Batch& batch, const SendArguments& arguments,
                     const v1::Basis& basis) {
  ASSIGN_OR_RETURN(const std::optional<std::string> there, Sha256IfThere(arguments.orders));
  const uint32_t at_path = there.has_value() ? FileWith(batch, *there) : 0;
  if (there.has_value() && at_path == 0) return NotOfThisBatch(arguments.orders, batch);
  Tally tally{.job = absl::StrCat("batch send ", arguments.batch), .unit = "orders"};
  const int64_t started_us = session.clock().NowMicros();
  OrderSender sender(session.connection(), batch.batch(), arguments.attempt, basis, tally);
  RETURN_IF_ERROR(sender.Run());
  RETURN_IF_ERROR(WriteNewOrders(session, batch, arguments, basis, at_path, tally));
  if (sender.of_other_attempts() > 0) {
    session.Say(absl::StrCat(sender.of_other_attempts(),
                             " unsent payments are at another attempt: "
                             "send them with --attempt and an orders file of their own."));
  }
  tally.elapsed_ms = (session.clock().NowMicros() - started_us) / 1000;
  return session.ReportAll(tally);
}

// The file that --again names, by itself, by its SHA-256 or by its number.
absl::StatusOr<uint32_t> FileToRepeat(const v1::Batch& batch, const std::string& again) {
  uint32_t stated = 0;
  if (absl::SimpleAtoi(again, &stated) && stated >= 1 &&
      stated <= static_cast<uint32_t>(batch.order_files_size())) {
    return stated;
  }
  std::string sha256;
  const bool is_hex = again.size() == kSha256HexDigits &&
                      again.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (is_hex) {
    sha256 = absl::HexStringToBytes(again);
  } else {
    ASSIGN_OR_RETURN(const std::optional<std::string> there, Sha256IfThere(again));
    if (!there.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--again ", again, ": there is no such file; its SHA-256 does as well (batch show)"));
    }
    sha256 = *there;
  }
  const uint32_t number = FileWith(batch, sha256);
  if (number != 0) return number;
  return absl::InvalidArgumentError(
      absl::StrCat("--again ", again, ": the ledger knows no such orders file of ",
                   FormatBatchKey(batch.batch()), ", or it was changed since"));
}

// "orders.csv" as file 2: "orders.again-2.csv".
std::string NameOfRepetition(const std::string& path, uint32_t number) {
  const std::filesystem::path name(path);
  const std::string file =
      absl::StrCat(name.stem().string(), ".again-", number, name.extension().string());
  return (name.parent_path() / file).string();
}

absl::Status SendAgain(Session& session, const v1::Batch& batch, const SendArguments& arguments,
                       const v1::Basis& basis) {
  ASSIGN_OR_RETURN(const uint32_t number, FileToRepeat(batch, arguments.again));
  const uint32_t repeated_by = RepetitionOf(batch, number);
  const uint32_t newest = static_cast<uint32_t>(batch.order_files_size()) + 1;
  const std::string path =
      NameOfRepetition(arguments.orders, repeated_by != 0 ? repeated_by : newest);
  const OrderSpan span = OrdersOf(batch, number);
  OrderFile file(session, batch, span.attempt, path, basis);
  ASSIGN_OR_RETURN(const std::optional<std::string> there, Sha256IfThere(path));
  if (repeated_by != 0) {
    if (there.has_value() && IsFile(batch, repeated_by, *there)) {
      file.Tell(repeated_by);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const bool finished, file.FinishEarlier(repeated_by));
    if (finished) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        "file ", number, " was handed over again as file ", repeated_by, " (SHA-256 ",
        absl::BytesToHexString(batch.order_files(static_cast<int>(repeated_by) - 1).sha256()),
        "): to do so once more, --again ", repeated_by));
  }
  if (there.has_value()) return NotOfThisBatch(path, batch);
  Tally tally{.job = absl::StrCat("batch send ", arguments.batch, " again"), .unit = "orders"};
  RETURN_IF_ERROR(file.Write(span, number, OrderDate(session, basis), tally));
  if (tally.counts.empty()) {
    session.Say(absl::StrCat("Every order of file ", number,
                             " has an answer: nothing is handed over again."));
  }
  return session.ReportAll(tally);
}

absl::Status SendCommand(Session& session, const SendArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  ASSIGN_OR_RETURN(const ledger::v1::BatchKey key, ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(const v1::Basis basis, ToBasis(arguments.basis));
  ASSIGN_OR_RETURN(const v1::Batch batch, FetchBatch(session.connection(), key));
  return arguments.again.empty() ? SendNew(session, batch, arguments, basis)
                                 : SendAgain(session, batch, arguments, basis);
}

}  // namespace

void AddBatchSendCommand(CommandNode group) {
  auto send = std::make_shared<SendArguments>();
  group
      .Command("send", "Records the orders of a batch and then writes them for the bank.",
               "The orders file gets every order of the attempt that is in no file yet, is "
               "readable by its owner only, and is recorded before it gets its name. Run again, it "
               "finishes what was cut off; when all is done it says where and writes nothing. A "
               "file that is there is never overwritten.\n"
               "With --again the orders of a file that have no answer yet are handed over once "
               "more, in a file with .again-N in its name; the ledger records that too.\n"
               "Example: bansosctl --actor cashier-1 batch send --batch KJS/1/1 --orders "
               "orders-KJS-1-1.csv --effective-date 2025-01-27",
               [send](Session& s) { return SendCommand(s, *send); })
      .Text("--batch", send->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired)
      .Text("--orders", send->orders, "Orders file to write.", Wanted::kRequired)
      .Number("--attempt", send->attempt, "Which attempt; 1 if not stated.")
      .Text("--again", send->again,
            "Hand over once more what this file ordered: the file, or its SHA-256 or number (batch "
            "show).")
      .Basis(send->basis);
}

}  // namespace bansos
