#include "tools/bansosctl/commands/batch_commands.h"

#include "absl/strings/escaping.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/pages.h"
#include "tools/bansosctl/commands/commands.h"
#include "tools/bansosctl/commands/names.h"

namespace bansos {
namespace {

using BatchStub = v1::BatchService::Stub;

struct BatchArguments {
  std::string batch;
  std::string program;
  uint32_t tranche = 0;
};

void PrintOrderFiles(Session& session, const v1::Batch& batch) {
  Table table({{"orders file", Align::kRight},
               {"attempt", Align::kRight},
               {"again", Align::kRight},
               {"orders", Align::kRight},
               {"total", Align::kRight},
               {"position", Align::kRight},
               {"SHA-256"}});
  for (int i = 0; i < batch.order_files_size(); ++i) {
    const v1::OrderFile& file = batch.order_files(i);
    table.AddRow({std::to_string(i + 1), std::to_string(file.attempt()),
                  file.again() == 0 ? "" : std::to_string(file.again()),
                  session.Count(file.count()), session.Rupiah(file.total()),
                  session.Count(static_cast<int64_t>(file.position())),
                  absl::BytesToHexString(file.sha256())});
  }
  session.Print(table);
}

absl::Status ShowBatch(Session& session, const BatchArguments& arguments) {
  v1::GetBatchRequest request;
  ASSIGN_OR_RETURN(*request.mutable_batch(), ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(const auto response, session.connection().Call(&BatchStub::GetBatch, request));
  if (session.json()) {
    session.PrintJson(response);
    return absl::OkStatus();
  }
  Table table = NewBatchTable();
  AddBatchRow(session, response.batch(), table);
  session.Print(table);
  if (response.batch().order_files_size() > 0) PrintOrderFiles(session, response.batch());
  return absl::OkStatus();
}

absl::Status ListBatches(Session& session, const BatchArguments& arguments) {
  v1::ListBatchesRequest request;
  request.set_program(arguments.program);
  request.set_tranche(arguments.tranche);
  Table table = NewBatchTable();
  RETURN_IF_ERROR(
      ForEachPage<BatchStub>(session.connection(), &BatchStub::ListBatches, request,
                             [&](const v1::ListBatchesResponse& page) -> absl::StatusOr<bool> {
                               if (session.json()) session.PrintJson(page);
                               for (const v1::Batch& batch : page.batches()) {
                                 AddBatchRow(session, batch, table);
                               }
                               return true;
                             }));
  if (!session.json()) session.Print(table);
  return absl::OkStatus();
}

absl::Status ListPayments(Session& session, const BatchArguments& arguments) {
  v1::ListBatchPaymentsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_batch(), ParseBatchKey(arguments.batch));
  request.set_page_size(kPageRowsMax);
  Table table({{"payment"},
               {"state"},
               {"amount", Align::kRight},
               {"attempt", Align::kRight},
               {"area"},
               {"value date"},
               {"reason"}});
  RETURN_IF_ERROR(ForEachPage<BatchStub>(
      session.connection(), &BatchStub::ListBatchPayments, request,
      [&](const v1::ListBatchPaymentsResponse& page) -> absl::StatusOr<bool> {
        if (session.json()) session.PrintJson(page);
        for (const v1::Payment& payment : page.payments()) {
          if (session.json()) break;
          table.AddRow({FormatPaymentKey(payment.payment()),
                        NameOf(payment.state(), "PAYMENT_STATE_"), session.Rupiah(payment.amount()),
                        std::to_string(payment.attempt()), payment.area(), payment.value_date(),
                        payment.return_reason() == 0
                            ? ""
                            : NameOf(payment.return_reason(), "RETURN_REASON_")});
        }
        return true;
      }));
  if (!session.json()) session.Print(table);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Batch> FetchBatch(Connection& connection, const ledger::v1::BatchKey& key) {
  v1::GetBatchRequest request;
  *request.mutable_batch() = key;
  ASSIGN_OR_RETURN(v1::GetBatchResponse response, connection.Call(&BatchStub::GetBatch, request));
  return std::move(*response.mutable_batch());
}

Table NewBatchTable() {
  return Table({{"batch"},
                {"state"},
                {"round", Align::kRight},
                {"payments", Align::kRight},
                {"total", Align::kRight}});
}

void AddBatchRow(const Session& session, const v1::Batch& batch, Table& table) {
  table.AddRow({FormatBatchKey(batch.batch()), NameOf(batch.state(), "BATCH_STATE_"),
                std::to_string(batch.round()), session.Count(batch.count()),
                session.Rupiah(batch.total())});
}

void AddBatchCommands(CommandNode root) {
  CommandNode group = root.Group("batch", "Payment lists, from draft to close.");
  AddBatchDraftCommand(group);
  AddBatchStepCommands(group);
  AddBatchSendCommand(group);
  auto show = std::make_shared<BatchArguments>();
  group
      .Command("show", "Shows one batch.", "Example: bansosctl batch show --batch KJS/1/1",
               [show](Session& s) { return ShowBatch(s, *show); })
      .Text("--batch", show->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired);
  auto list = std::make_shared<BatchArguments>();
  group
      .Command("list", "Lists the batches of a programme.",
               "Example: bansosctl batch list --program KJS --tranche 1",
               [list](Session& s) { return ListBatches(s, *list); })
      .Text("--program", list->program, "Code of the programme.", Wanted::kRequired)
      .Number("--tranche", list->tranche, "Only those of this tranche.");
  auto payments = std::make_shared<BatchArguments>();
  group
      .Command("payments", "Lists the payments of a batch.",
               "Example: bansosctl --output csv batch payments --batch KJS/1/1",
               [payments](Session& s) { return ListPayments(s, *payments); })
      .Text("--batch", payments->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired);
}

}  // namespace bansos
