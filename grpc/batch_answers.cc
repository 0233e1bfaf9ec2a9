#include "grpc/batch_answers.h"

#include <algorithm>
#include <optional>
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

// Unsealed payees of the payments, from the positions that they pin.
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

// The payments behind `after` that the request asks for; true when more follow the page.
bool AddPayments(const State& state, const BatchState& batch,
                 const v1::ListBatchPaymentsRequest& request, std::optional<Position> after,
                 v1::ListBatchPaymentsResponse& response) {
  auto next = batch.payments.begin();
  if (after.has_value()) {
    next = std::upper_bound(batch.payments.begin(), batch.payments.end(), *after,
                            [&](Position position, PaymentIndex index) {
                              return position < state.at(index).instructed_at;
                            });
  }
  const int limit = static_cast<int>(PageRows(request.page_size()));
  for (; next != batch.payments.end(); ++next) {
    const PaymentState& payment = state.at(*next);
    const auto& states = request.states();
    if (!states.empty() &&
        std::find(states.begin(), states.end(), static_cast<int>(payment.phase)) == states.end()) {
      continue;
    }
    if (response.payments_size() == limit) return true;
    *response.add_payments() = ToProto(state, payment);
  }
  return false;
}

}  // namespace

absl::StatusOr<v1::ListBatchesResponse> BatchPage(const Views& views,
                                                  const v1::ListBatchesRequest& request) {
  const State& state = views.state;
  if (state.FindProgram(request.program()) == nullptr) {
    return ToStatus(ProgramUnknown(request.program()));
  }
  const std::string scope = PageScope(request);
  std::pair<uint64_t, uint64_t> after = {0, 0};
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const PageToken token, DecodePageToken(scope, request.page_token(), 2));
    after = {token.key[0], token.key[1]};
  }
  std::vector<const BatchState*> batches;
  for (const BatchState& batch : state.batches) {
    if (state.at(batch.program).terms.program != request.program()) continue;
    if (request.tranche() != 0 && batch.tranche != request.tranche()) continue;
    if (std::pair<uint64_t, uint64_t>(batch.tranche, batch.number) <= after) continue;
    batches.push_back(&batch);
  }
  std::sort(batches.begin(), batches.end(), [](const BatchState* a, const BatchState* b) {
    return std::pair(a->tranche, a->number) < std::pair(b->tranche, b->number);
  });
  v1::ListBatchesResponse response;
  const size_t rows = std::min<size_t>(batches.size(), PageRows(request.page_size()));
  for (size_t i = 0; i < rows; ++i) *response.add_batches() = ToProto(state, *batches[i]);
  if (rows < batches.size()) {
    const BatchState& last = *batches[rows - 1];
    response.set_next_page_token(
        EncodePageToken(scope, {views.head.size, {last.tranche, last.number}}));
  }
  return response;
}

absl::StatusOr<v1::ListBatchPaymentsResponse> BatchPaymentPage(
    const ServiceParts& parts, const Sealing& sealing, const Moment& moment,
    const v1::ListBatchPaymentsRequest& request) {
  RETURN_IF_ERROR(CheckStates(request));
  const std::string scope = PageScope(request);
  std::optional<Position> after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const PageToken token, DecodePageToken(scope, request.page_token(), 1));
    after = Position(token.key[0]);
  }
  v1::ListBatchPaymentsResponse response;
  absl::Status found;
  RETURN_IF_ERROR(moment.Read([&](const Views& views) {
    const BatchState* batch = views.state.FindBatch(FromProto(request.batch()));
    if (batch == nullptr) {
      found = ToStatus(BatchUnknown());
      return;
    }
    *response.mutable_true_at() = ToProto(views.head);
    if (AddPayments(views.state, *batch, request, after, response)) {
      const v1::Payment& last = response.payments(response.payments_size() - 1);
      response.set_next_page_token(
          EncodePageToken(scope, {views.head.size, {last.instructed_position()}}));
    }
  }));
  RETURN_IF_ERROR(found);
  if (request.include_payee()) RETURN_IF_ERROR(FillPayees(parts, sealing, response));
  return response;
}

}  // namespace bansos
