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

absl::StatusOr<v1::ListBatchesResponse> BatchList(const Views& views,
                                                  const v1::ListBatchesRequest& request) {
  const State& state = views.state;
  if (state.FindProgram(request.program()) == nullptr) {
    return ToStatus(ProgramUnknown(request.program()));
  }
  std::vector<const BatchState*> batches;
  for (const BatchState& batch : state.batches) {
    if (state.at(batch.program).terms.program != request.program()) continue;
    if (request.tranche() != 0 && batch.tranche != request.tranche()) continue;
    batches.push_back(&batch);
  }
  std::sort(batches.begin(), batches.end(), [](const BatchState* a, const BatchState* b) {
    return std::pair(a->tranche, a->number) < std::pair(b->tranche, b->number);
  });
  v1::ListBatchesResponse response;
  for (const BatchState* batch : batches) *response.add_batches() = ToProto(state, *batch);
  return response;
}

absl::StatusOr<v1::ListBatchPaymentsResponse> BatchPaymentList(
    const Views& views, const v1::ListBatchPaymentsRequest& request) {
  RETURN_IF_ERROR(CheckStates(request));
  const State& state = views.state;
  const BatchState* batch = state.FindBatch(FromProto(request.batch()));
  if (batch == nullptr) return ToStatus(BatchUnknown());
  const auto& states = request.states();
  v1::ListBatchPaymentsResponse response;
  for (const PaymentIndex index : batch->payments) {
    const PaymentState& payment = state.at(index);
    if (states.empty() ||
        std::find(states.begin(), states.end(), static_cast<int>(payment.phase)) != states.end()) {
      *response.add_payments() = ToProto(state, payment);
    }
  }
  return response;
}

absl::Status FillPayees(const ServiceParts& parts, const Sealing& sealing,
                        v1::ListBatchPaymentsResponse& response) {
  absl::flat_hash_map<Position, v1::Payee> payees;
  std::vector<Position> positions;
  for (const v1::Payment& payment : response.payments()) {
    positions.emplace_back(payment.payee_position());
  }
  RETURN_IF_ERROR(ReadEventsAt(
      parts.log, positions, [&](Position position, const Event& event) -> absl::Status {
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
