#include <optional>

#include "absl/strings/str_cat.h"
#include "bansos/v1/batch_service.grpc.pb.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/commands/batch_commands.h"

namespace bansos {
namespace {

using BatchStub = v1::BatchService::Stub;

struct StepArguments {
  std::string batch;
  uint32_t round = 0;  // 0, and -1 below: as the ledger has it
  int64_t count = -1;
  int64_t total = -1;
  BasisOptions basis;
};

// The list as the ledger has it, with what the document says of it instead where that is stated:
// the ledger then compares.
absl::StatusOr<v1::Batch> StatedBatch(Session& session, const StepArguments& arguments) {
  ASSIGN_OR_RETURN(const ledger::v1::BatchKey key, ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(v1::Batch batch, FetchBatch(session.connection(), key));
  if (arguments.round != 0) batch.set_round(arguments.round);
  if (arguments.count >= 0) batch.set_count(static_cast<uint32_t>(arguments.count));
  if (arguments.total >= 0) batch.set_total(arguments.total);
  Table table = NewBatchTable();
  AddBatchRow(session, batch, table);
  session.err() << table.ToText();
  return batch;
}

template <typename Request, typename Response>
absl::Status RunStep(Session& session,
                     grpc::Status (BatchStub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                     const StepArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  Request request;
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  ASSIGN_OR_RETURN(const v1::Batch batch, StatedBatch(session, arguments));
  *request.mutable_options() = session.connection().write_options();
  *request.mutable_batch() = batch.batch();
  request.set_round(batch.round());
  if constexpr (requires { request.set_total(0); }) {
    request.set_count(batch.count());
    request.set_total(batch.total());
  }
  ASSIGN_OR_RETURN(const Response response, session.connection().Call(method, request));
  return session.ReportFact(response, response.recorded());
}

template <typename Request, typename Response>
void AddStep(CommandNode& group, const char* name, const char* help, const char* document,
             grpc::Status (BatchStub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  auto step = std::make_shared<StepArguments>();
  CommandNode command = group.Command(
      name, help,
      absl::StrCat("Round, count and total are those of the ledger unless stated, and are shown "
                   "before.\nExample: bansosctl --actor officer-2 batch ",
                   name, " --batch KJS/1/1 --document ", document, "/900/1/2025/2025-01-21"),
      [step, method](Session& session) { return RunStep(session, method, *step); });
  command.Text("--batch", step->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired)
      .Number("--round", step->round, "The round that the document speaks of.");
  if constexpr (requires(Request request) { request.set_total(0); }) {
    command.Signed("--count", step->count, "Payments that the document states.")
        .Signed("--total", step->total, "Whole rupiah that the document states.");
  }
  command.Basis(step->basis);
}

}  // namespace

void AddBatchStepCommands(CommandNode group) {
  AddStep(group, "submit", "Submits a batch with the payment request (SPP).", "SPP",
          &BatchStub::SubmitBatch);
  AddStep(group, "verify", "Verifies a batch (PPK-SKPD).", "BAV", &BatchStub::VerifyBatch);
  AddStep(group, "approve", "Approves a batch with the payment order (SPM).", "SPM",
          &BatchStub::ApproveBatch);
  AddStep(group, "release", "Releases a batch with the disbursement order (SP2D).", "SP2D",
          &BatchStub::ReleaseBatch);
  AddStep(group, "send-back", "Sends a batch back to draft.", "NOTA", &BatchStub::SendBackBatch);
  AddStep(group, "close", "Closes a batch in which nothing is open.", "BAP",
          &BatchStub::CloseBatch);
}

}  // namespace bansos
