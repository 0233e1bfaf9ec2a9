// The acts on batches: from the draft to the closing.
#include "absl/strings/str_cat.h"
#include "tests/agreement/story.h"

namespace bansos::testing {
namespace {

template <typename Request>
Request MakeStep(const BatchState& batch, const ledger::v1::BatchKey& key, const v1::Basis& basis) {
  Request request;
  *request.mutable_basis() = basis;
  *request.mutable_batch() = key;
  request.set_round(batch.round);
  if constexpr (requires { request.set_count(0); }) {
    request.set_count(batch.count);
    request.set_total(batch.total);
  }
  return request;
}

bool IsPaid(const State& state, const ProgramState& program, uint32_t tranche,
            RecipientNumber recipient) {
  const auto last = program.payment_of_recipient.find({tranche, recipient.value()});
  if (last == program.payment_of_recipient.end()) return false;
  const PaymentPhase phase = state.at(last->second).phase;
  return phase != PaymentPhase::kWithdrawn && phase != PaymentPhase::kRemitted;
}

}  // namespace

void Story::Draft() {
  v1::DraftBatchRequest request;
  const ProgramState& program = AnyProgram();
  request.mutable_batch()->set_program(program.terms.program);
  request.mutable_batch()->set_tranche(
      1 + static_cast<uint32_t>(odd_.Below(program.terms.tranches.size())));
  request.mutable_batch()->set_number(odd_.Pick<uint32_t>({1, 2, 3, 4, 5, 999'999, 1'000'000}));
  Do(&v1::BatchService::Stub::DraftBatch, request, "drafter");
}

// Some steps of one of the batches.
void Story::StepBatch() {
  if (state_.batches.empty()) return Draft();
  const size_t at = odd_.Below(state_.batches.size());
  for (uint64_t i = 0; i < 1 + odd_.Below(6); ++i) StepOf(state_.batches[at]);
}

// The next step, or one back.
void Story::StepOf(const BatchState& batch) {
  using Batches = v1::BatchService::Stub;
  const ledger::v1::BatchKey key = KeyOf(batch);
  const bool back = odd_.OneIn(6);
  switch (batch.phase) {
    case BatchPhase::kDraft:
      if (batch.count == 0 || odd_.OneIn(3)) return Instruct(batch);
      if (odd_.OneIn(5)) return Withdraw(batch);
      return Do(&Batches::SubmitBatch, MakeStep<v1::SubmitBatchRequest>(batch, key, Letter("SPP")),
                "drafter");
    case BatchPhase::kSubmitted:
    case BatchPhase::kVerified:
      if (back) {
        return Do(&Batches::SendBackBatch,
                  MakeStep<v1::SendBackBatchRequest>(batch, key, Letter("NOTA")), "verifier");
      }
      if (batch.phase == BatchPhase::kSubmitted) {
        return Do(&Batches::VerifyBatch,
                  MakeStep<v1::VerifyBatchRequest>(batch, key, Letter("BAV")), "verifier");
      }
      return Do(&Batches::ApproveBatch,
                MakeStep<v1::ApproveBatchRequest>(batch, key, Letter("SPM")),
                odd_.Pick<std::string>({"approver", "approver", "account-desk", "drafter"}));
    case BatchPhase::kApproved:
      return Do(&Batches::ReleaseBatch,
                MakeStep<v1::ReleaseBatchRequest>(batch, key, Letter("SP2D")),
                odd_.Pick<std::string>({"releaser", "releaser", "approver"}));
    default:
      if (!odd_.OneIn(batch.phase == BatchPhase::kReleased ? 4 : 20)) return SendSome();
      return Do(&Batches::CloseBatch, MakeStep<v1::CloseBatchRequest>(batch, key, Letter("BAP")));
  }
}

void Story::Instruct(const BatchState& batch) {
  const ProgramState& program = state_.at(batch.program);
  v1::InstructPaymentsRequest request;
  *request.mutable_batch() = KeyOf(batch);
  for (const auto& [slot, of] : program.slots) {
    if (odd_.OneIn(5) || IsPaid(state_, program, batch.tranche, of.last_holder)) continue;
    v1::Instruction& item = *request.add_items();
    item.set_recipient(of.last_holder.value());
    const auto last = program.payment_of_recipient.find({batch.tranche, of.last_holder.value()});
    item.set_number(
        last == program.payment_of_recipient.end() ? 1 : state_.at(last->second).number + 1);
    const bansos::Tranche* tranche = program.FindTranche(batch.tranche);
    const auto& entitlements = program.FindCandidacy(of.last_holder)->entitlements;
    item.set_amount(program.terms.amount_by_decree ? entitlements.back().amount
                    : tranche == nullptr           ? 1
                                                   : tranche->amount);
  }
  if (request.items().empty()) return;
  Do(&v1::BatchService::Stub::InstructPayments, request,
     odd_.Pick<std::string>({"drafter", "drafter", "drafter-2"}));
}

void Story::Withdraw(const BatchState& batch) {
  v1::WithdrawPaymentsRequest request;
  for (const PaymentIndex payment : batch.payments) {
    if (odd_.OneIn(3)) *request.add_payments() = KeyOf(state_.at(payment));
  }
  if (request.payments().empty()) return;
  Do(&v1::BatchService::Stub::WithdrawPayments, request, "drafter");
}

}  // namespace bansos::testing
