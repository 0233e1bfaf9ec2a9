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
  uint32_t round = 0;  // 0: the present one
  uint32_t count = 0;
  int64_t total = 0;
  BasisOptions basis;
};

// The round alone is the ledger's where it is not stated. Count and total are always the paper's:
// taken from the ledger they would agree with it whatever the paper says.
absl::StatusOr<uint32_t> RoundOf(Session& session, const StepArguments& arguments,
                                 const ledger::v1::BatchKey& key) {
  if (arguments.round != 0) return arguments.round;
  ASSIGN_OR_RETURN(const v1::Batch batch, FetchBatch(session.connection(), key));
  return batch.round();
}

template <typename Request, typename Response>
absl::Status RunStep(Session& session,
                     grpc::Status (BatchStub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                     const StepArguments& arguments) {
  RETURN_IF_ERROR(session.RequireActor());
  Request request;
  ASSIGN_OR_RETURN(*request.mutable_basis(), ToBasis(arguments.basis));
  ASSIGN_OR_RETURN(*request.mutable_batch(), ParseBatchKey(arguments.batch));
  ASSIGN_OR_RETURN(const uint32_t round, RoundOf(session, arguments, request.batch()));
  *request.mutable_options() = session.connection().write_options();
  request.set_round(round);
  if constexpr (requires { request.set_total(0); }) {
    request.set_count(arguments.count);
    request.set_total(arguments.total);
  }
  ASSIGN_OR_RETURN(const Response response, session.connection().Call(method, request));
  return session.ReportFact(response, response.recorded());
}

template <typename Request, typename Response>
void AddStep(CommandNode& group, const char* name, const char* help, const char* document,
             grpc::Status (BatchStub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  constexpr bool kStatesList = requires(Request request) { request.set_total(0); };
  auto step = std::make_shared<StepArguments>();
  CommandNode command = group.Command(
      name, help,
      absl::StrCat(kStatesList ? "Count and total are those that stand on the paper; the ledger "
                                 "compares them with its list and refuses what differs.\n"
                               : "",
                   "Example: bansosctl --actor officer-2 batch ", name, " --batch KJS/1/1",
                   kStatesList ? " --count 12.764 --total 14.168.040.000" : "", " --document ",
                   document, "/900/1/2025/2025-01-21"),
      [step, method](Session& session) { return RunStep(session, method, *step); });
  command.Text("--batch", step->batch, "PROGRAM/TRANCHE/NUMBER.", Wanted::kRequired)
      .Number("--round", step->round, "The round that the document speaks of; else the present.");
  if constexpr (kStatesList) {
    command.Number("--count", step->count, "Payments that the document states.", Wanted::kRequired)
        .Rupiah("--total", step->total, "Whole rupiah that the document states.",
                Wanted::kRequired);
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
