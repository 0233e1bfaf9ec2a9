#include "ledger/domain/batch.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

absl::Status NoBatch(const BatchKey& key) {
  return absl::DataLossError(
      absl::StrCat("the log has a step of an unknown batch: ", Describe(key)));
}

Check CheckRound(const BatchState& batch, const BatchKey& key, uint32_t round) {
  REFUSE_IF(round != batch.round, RefusalCode::kRoundOutOfOrder,
            absl::StrCat(Describe(key), ", round ", round, ", now ", batch.round));
  return std::nullopt;
}

Check CheckPhase(const BatchState& batch, const BatchKey& key, bool fits) {
  constexpr const char* kNames[] = {"",         "draft",    "submitted", "verified",
                                    "approved", "released", "closed"};
  REFUSE_IF(!fits, RefusalCode::kWrongBatchState,
            absl::StrCat(Describe(key), " is ", kNames[static_cast<int>(batch.phase)]));
  return std::nullopt;
}

// Count and total agree with the list, to the rupiah (rule 5).
Check CheckList(const BatchState& batch, const BatchKey& key, const BatchList& list) {
  REFUSE_IF(list.count != batch.count || list.total != batch.total, RefusalCode::kListDiffers,
            absl::StrCat(Describe(key), " has ", batch.count, " payments of Rp ", batch.total,
                         ", stated were ", list.count, " of Rp ", list.total));
  return std::nullopt;
}

bool IsDrafter(const DecideContext& context, const BatchState& batch) {
  return std::any_of(batch.drafters.begin(), batch.drafters.end(),
                     [&](ActorIndex drafter) { return context.IsActor(drafter); });
}

Check CheckFourEyes(const DecideContext& context, const BatchKey& key, bool same_person,
                    const char* what) {
  REFUSE_IF(same_person, RefusalCode::kFourEyes,
            absl::StrCat(Describe(key), ": ", context.envelope.actor, " was ", what));
  return std::nullopt;
}

// A step of a list that is frozen: it states the digest that the submission fixed.
absl::Status Enter(const EvolveContext& context, const BatchKey& key, const BatchList& list,
                   BatchPhase phase) {
  BatchState* batch = context.state.FindBatch(key);
  if (batch == nullptr) return NoBatch(key);
  if (list.digest != batch->list_digest || list.count != batch->count ||
      list.total != batch->total) {
    return absl::DataLossError(
        absl::StrCat("the log has a step over another list: ", Describe(key)));
  }
  batch->phase = phase;
  return absl::OkStatus();
}

}  // namespace

std::string Describe(const BatchKey& batch) {
  return absl::StrCat(batch.program, " tranche ", batch.tranche, " batch ", batch.number);
}

std::string ListDigest(const State& state, const BatchState& batch) {
  std::string rows;
  rows.reserve(batch.count * 32ULL);
  for (const PaymentIndex index : batch.payments) {
    const PaymentState& payment = state.at(index);
    if (payment.phase == PaymentPhase::kWithdrawn) continue;
    AppendU64(rows, payment.instructed_at.value());
    AppendU64(rows, payment.recipient.value());
    AppendU64(rows, payment.number);
    AppendU64(rows, static_cast<uint64_t>(payment.amount));
  }
  CHECK(rows.size() == batch.count * 32ULL) << "the list has another count than " << batch.count;
  return std::string(AsBytes(Sha256(rows)));
}

// ---- Evolve ----

absl::Status Evolve(const EvolveContext& context, const BatchDrafted& event) {
  State& state = context.state;
  const auto program = state.program_of_code.find(event.batch.program);
  if (program == state.program_of_code.end()) return NoBatch(event.batch);
  const BatchIndex index(static_cast<uint32_t>(state.batches.size()));
  state.batch_of_key[event.batch] = index;
  state.at(program->second).batches[{event.batch.tranche, event.batch.number}] = index;
  BatchState& batch = state.batches.emplace_back();
  batch.program = program->second;
  batch.tranche = event.batch.tranche;
  batch.number = event.batch.number;
  batch.drafters.push_back(state.actors.Intern(context.envelope.actor));
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const BatchSubmitted& event) {
  BatchState* batch = context.state.FindBatch(event.batch);
  if (batch == nullptr) return NoBatch(event.batch);
  batch->submitter = context.state.actors.Intern(context.envelope.actor);
  batch->list_digest = event.list.digest;
  return Enter(context, event.batch, event.list, BatchPhase::kSubmitted);
}

absl::Status Evolve(const EvolveContext& context, const BatchVerified& event) {
  return Enter(context, event.batch, event.list, BatchPhase::kVerified);
}

absl::Status Evolve(const EvolveContext& context, const BatchApproved& event) {
  RETURN_IF_ERROR(Enter(context, event.batch, event.list, BatchPhase::kApproved));
  context.state.FindBatch(event.batch)->approver =
      context.state.actors.Intern(context.envelope.actor);
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const BatchSentBack& event) {
  RETURN_IF_ERROR(Enter(context, event.batch, event.list, BatchPhase::kDraft));
  BatchState& batch = *context.state.FindBatch(event.batch);
  batch.list_digest.clear();
  ++batch.round;
  return absl::OkStatus();
}

absl::Status Evolve(const EvolveContext& context, const BatchReleased& event) {
  return Enter(context, event.batch, event.list, BatchPhase::kReleased);
}

absl::Status Evolve(const EvolveContext& context, const BatchClosed& event) {
  BatchState* batch = context.state.FindBatch(event.batch);
  if (batch == nullptr) return NoBatch(event.batch);
  batch->phase = BatchPhase::kClosed;
  return absl::OkStatus();
}

// ---- Decide ----

Check Decide(const DecideContext& context, BatchDrafted& event) {
  const ProgramState& program = *context.state.FindProgram(event.batch.program);
  REFUSE_IF(program.FindTranche(event.batch.tranche) == nullptr, RefusalCode::kTrancheUnknown,
            Describe(event.batch));
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchSubmitted& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  REFUSE_IF(batch.phase != BatchPhase::kDraft, RefusalCode::kBatchNotDraft, Describe(event.batch));
  REFUSE_IF(event.list.count == 0, RefusalCode::kBatchEmpty, Describe(event.batch));
  RETURN_IF_REFUSED(CheckList(batch, event.batch, event.list));
  event.list.digest = ListDigest(context.state, batch);
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchVerified& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  RETURN_IF_REFUSED(CheckPhase(batch, event.batch, batch.phase == BatchPhase::kSubmitted));
  RETURN_IF_REFUSED(CheckList(batch, event.batch, event.list));
  event.list.digest = batch.list_digest;
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchApproved& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  RETURN_IF_REFUSED(CheckPhase(batch, event.batch, batch.phase == BatchPhase::kVerified));
  RETURN_IF_REFUSED(CheckList(batch, event.batch, event.list));
  RETURN_IF_REFUSED(CheckFourEyes(context, event.batch, IsDrafter(context, batch), "a drafter"));
  RETURN_IF_REFUSED(
      CheckFourEyes(context, event.batch, context.IsActor(batch.submitter), "its submitter"));
  for (const PaymentIndex index : batch.payments) {
    const PaymentState& payment = context.state.at(index);
    if (payment.phase == PaymentPhase::kWithdrawn) continue;
    REFUSE_IF(context.IsActor(payment.payee_recorder), RefusalCode::kPayeeRecorder,
              absl::StrCat(Describe(event.batch), ": ", context.envelope.actor,
                           " recorded the payee of recipient ", payment.recipient.value()));
  }
  event.list.digest = batch.list_digest;
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchReleased& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  RETURN_IF_REFUSED(CheckPhase(batch, event.batch, batch.phase == BatchPhase::kApproved));
  RETURN_IF_REFUSED(CheckList(batch, event.batch, event.list));
  RETURN_IF_REFUSED(CheckFourEyes(context, event.batch, IsDrafter(context, batch), "a drafter"));
  RETURN_IF_REFUSED(
      CheckFourEyes(context, event.batch, context.IsActor(batch.submitter), "its submitter"));
  RETURN_IF_REFUSED(
      CheckFourEyes(context, event.batch, context.IsActor(batch.approver), "its approver"));
  event.list.digest = batch.list_digest;
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchSentBack& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  RETURN_IF_REFUSED(
      CheckPhase(batch, event.batch,
                 batch.phase == BatchPhase::kSubmitted || batch.phase == BatchPhase::kVerified));
  RETURN_IF_REFUSED(CheckList(batch, event.batch, event.list));
  event.list.digest = batch.list_digest;
  return std::nullopt;
}

Check Decide(const DecideContext& context, BatchClosed& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  RETURN_IF_REFUSED(CheckRound(batch, event.batch, event.round));
  RETURN_IF_REFUSED(CheckPhase(batch, event.batch, batch.phase == BatchPhase::kReleased));
  for (const Bucket bucket : {Bucket::kObligated, Bucket::kInTransit, Bucket::kReturned}) {
    const Rupiah open = batch.buckets[static_cast<size_t>(bucket)];
    REFUSE_IF(open != 0, RefusalCode::kBatchOpenMoney,
              absl::StrCat(Describe(event.batch), ", Rp ", open));
  }
  return std::nullopt;
}

}  // namespace bansos
