#include "grpc/batch_answers.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "grpc/convert_records.h"
#include "grpc/event_reader.h"
#include "grpc/recipient_answer.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// INVALID_ARGUMENT for a state that is none of the published ones.
absl::Status CheckStates(const v1::ListBatchPaymentsRequest& request) {
  for (const int state : request.states()) {
    if (state != 0 && v1::PaymentState_IsValid(state)) continue;
    ItemReader reader;
    reader.ReadEnum<PaymentPhase>("states", static_cast<v1::PaymentState>(state));
    return ToStatus(*reader.fault());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListBatchesResponse> BatchPage(const Views& views,
                                                  const v1::ListBatchesRequest& request,
                                                  PageScan& scan) {
  const State& state = views.state;
  const ProgramState* program = state.FindProgram(request.program());
  if (program == nullptr) return ToStatus(ProgramUnknown(request.program()));
  v1::ListBatchesResponse response;
  // Each payment changes its batch.
  if (!scan.DependsOnAll(views.head.size)) return response;
  const PageKey after = scan.after().value_or(PageKey{request.tranche(), 0, 0});
  auto it = program->batches.upper_bound(
      {static_cast<uint32_t>(after[0]), static_cast<uint32_t>(after[1])});
  for (; it != program->batches.end(); ++it) {
    const auto& [tranche, number] = it->first;
    if (request.tranche() != 0 && tranche != request.tranche()) break;
    if (!scan.Look({tranche, number, 0}) || !scan.Take()) break;
    *response.add_batches() = ToProto(state, state.at(it->second));
  }
  return response;
}

absl::StatusOr<v1::ListBatchPaymentsResponse> BatchPaymentPage(
    const Views& views, const v1::ListBatchPaymentsRequest& request, PageScan& scan) {
  RETURN_IF_ERROR(CheckStates(request));
  const State& state = views.state;
  const BatchState* batch = state.FindBatch(FromProto(request.batch()));
  if (batch == nullptr) return ToStatus(BatchUnknown());
  const auto& states = request.states();
  v1::ListBatchPaymentsResponse response;
  // The key is how many of the batch's payments are done with.
  const uint64_t first = scan.after().has_value() ? (*scan.after())[0] : 0;
  for (uint64_t i = first; i < batch->payments.size(); ++i) {
    const PaymentState& payment = state.at(batch->payments[i]);
    if (scan.IsNew(payment.instructed_at) || !scan.Look({i + 1, 0, 0})) break;
    if (!scan.DependsOn(state.FindRecipient(payment.recipient)->last)) break;
    const bool asked = states.empty() || std::find(states.begin(), states.end(),
                                                   static_cast<int>(payment.phase)) != states.end();
    if (!asked) continue;
    if (!scan.Take()) break;
    *response.add_payments() = ToProto(state, payment);
  }
  return response;
}

absl::Status FillPayees(const ServiceParts& parts, const Sealing& sealing, const CallLife& life,
                        v1::ListBatchPaymentsResponse& response) {
  absl::flat_hash_map<Position, v1::Payee> payees;
  std::vector<Position> positions;
  for (const v1::Payment& payment : response.payments()) {
    positions.emplace_back(payment.payee_position());
  }
  RETURN_IF_ERROR(ReadEventsAt(
      parts.log, positions, [&](Position position, const Event& event) -> absl::Status {
        if (life.over()) return absl::CancelledError("the caller does not wait any more");
        const auto* assigned = std::get_if<PayeeAssigned>(&event.body);
        if (assigned == nullptr) {
          return absl::DataLossError("a payee's position holds another event");
        }
        ASSIGN_OR_RETURN(const ledger::v1::SealedPayee details,
                         sealing.UnsealPayee(assigned->recipient, assigned->sealed_details));
        v1::Payee& payee = payees[position] = ToPayee(position, *assigned);
        *payee.mutable_details() = ToProto(details);
        return absl::OkStatus();
      }));
  for (v1::Payment& payment : *response.mutable_payments()) {
    *payment.mutable_payee() = payees[Position(payment.payee_position())];
  }
  return absl::OkStatus();
}

}  // namespace bansos
