// Batches: from draft to closed, with four eyes.
#include "tools/bansos-verify/replay/batch_list.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

const char* StateName(BatchState state) {
  switch (state) {
    case BatchState::kDraft:
      return "draft";
    case BatchState::kSubmitted:
      return "submitted";
    case BatchState::kVerified:
      return "verified";
    case BatchState::kApproved:
      return "approved";
    case BatchState::kReleased:
      return "released";
    case BatchState::kClosed:
      return "closed";
  }
  return "?";
}

template <typename Step>
Verdict CheckStepShape(const Step& step) {
  RETURN_IF_FAULT(CheckBatchKey(step.batch()));
  if constexpr (requires { step.list(); }) {
    RETURN_IF_FAULT(CheckAtMost(step.list().count(), kMaxBatchCount, "count of the list"));
    RETURN_IF_FAULT(CheckTotal(step.list().total(), "total of the list"));
  }
  return CheckNumber(step.round(), kMaxRound, "round");
}

Verdict CheckRound(const BatchRecord& batch, const BatchId& id, uint32_t round) {
  FAULT_UNLESS(round == batch.round, "kRoundOutOfOrder", "batch ", Text(id), ": round ", round,
               " is not the present ", batch.round);
  return kAllowed;
}

Verdict CheckState(const BatchRecord& batch, const BatchId& id, BatchState wanted) {
  FAULT_UNLESS(batch.state == wanted, "kWrongBatchState", "batch ", Text(id), " is ",
               StateName(batch.state), ", not ", StateName(wanted));
  return kAllowed;
}

// Count and total; the digest is decided, not stated.
Verdict CheckList(const State& state, const BatchId& id, const v1::BatchList& stated) {
  const v1::BatchList present = ListOf(state, id);
  FAULT_UNLESS(stated.count() == present.count() && stated.total() == present.total(),
               "kListDiffers", "batch ", Text(id), ": states ", stated.count(), " payments of ",
               stated.total(), ", but has ", present.count(), " of ", present.total());
  return kAllowed;
}

// Round, state and list of a step that follows one state.
template <typename Step>
Verdict CheckStep(const State& state, const Step& step, BatchState wanted) {
  const BatchId id = IdOf(step.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckRound(batch, id, step.round()));
  RETURN_IF_FAULT(CheckState(batch, id, wanted));
  return CheckList(state, id, step.list());
}

Verdict CheckNeitherDraftedNorSubmitted(const BatchRecord& batch, const BatchId& id,
                                        const std::string& actor) {
  FAULT_UNLESS(!batch.drafters.contains(actor), "kFourEyes", "actor ", actor, " drafted batch ",
               Text(id));
  FAULT_UNLESS(batch.submitter != actor, "kFourEyes", "actor ", actor, " submitted batch ",
               Text(id));
  return kAllowed;
}

BatchRecord& BatchOf(State& state, const v1::BatchKey& key) { return state.batches.at(IdOf(key)); }

}  // namespace

Verdict CheckShape(const v1::BatchDrafted& drafted) { return CheckBatchKey(drafted.batch()); }
Verdict CheckShape(const v1::BatchSubmitted& step) { return CheckStepShape(step); }
Verdict CheckShape(const v1::BatchVerified& step) { return CheckStepShape(step); }
Verdict CheckShape(const v1::BatchApproved& step) { return CheckStepShape(step); }
Verdict CheckShape(const v1::BatchSentBack& step) { return CheckStepShape(step); }
Verdict CheckShape(const v1::BatchReleased& step) { return CheckStepShape(step); }
Verdict CheckShape(const v1::BatchClosed& step) { return CheckStepShape(step); }

Verdict CheckRules(const State& state, const v1::Event&, const v1::BatchDrafted& drafted) {
  const BatchId id = IdOf(drafted.batch());
  FAULT_UNLESS(state.programs.at(id.program).tranches.contains(id.tranche), "kTrancheUnknown",
               "tranche ", Text(TrancheId{id.program, id.tranche}), " does not exist");
  return kAllowed;
}

void Record(State& state, const v1::Event& event, const v1::BatchDrafted& drafted) {
  state.batches[IdOf(drafted.batch())].drafters.insert(event.actor());
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::BatchSubmitted& submitted) {
  const BatchId id = IdOf(submitted.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckRound(batch, id, submitted.round()));
  FAULT_UNLESS(batch.state == BatchState::kDraft, "kBatchNotDraft", "batch ", Text(id), " is ",
               StateName(batch.state));
  FAULT_UNLESS(submitted.list().count() > 0, "kBatchEmpty", "batch ", Text(id),
               " is submitted without a payment");
  return CheckList(state, id, submitted.list());
}

void Record(State& state, const v1::Event& event, const v1::BatchSubmitted& submitted) {
  BatchRecord& batch = BatchOf(state, submitted.batch());
  batch.state = BatchState::kSubmitted;
  batch.submitter = event.actor();
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::BatchVerified& verified) {
  return CheckStep(state, verified, BatchState::kSubmitted);
}

void Record(State& state, const v1::Event&, const v1::BatchVerified& verified) {
  BatchOf(state, verified.batch()).state = BatchState::kVerified;
}

Verdict CheckRules(const State& state, const v1::Event& event, const v1::BatchApproved& approved) {
  RETURN_IF_FAULT(CheckStep(state, approved, BatchState::kVerified));
  const BatchId id = IdOf(approved.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckNeitherDraftedNorSubmitted(batch, id, event.actor()));
  for (const auto& [position, payment] : batch.list) {
    const uint64_t payee = state.payments.at(payment).payee_position;
    FAULT_UNLESS(state.payees.at(payee).recorder != event.actor(), "kPayeeRecorder", "actor ",
                 event.actor(), " recorded the payee at position ", payee, " of payment ",
                 Text(payment));
  }
  return kAllowed;
}

void Record(State& state, const v1::Event& event, const v1::BatchApproved& approved) {
  BatchRecord& batch = BatchOf(state, approved.batch());
  batch.state = BatchState::kApproved;
  batch.approver = event.actor();
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::BatchSentBack& sent_back) {
  const BatchId id = IdOf(sent_back.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckRound(batch, id, sent_back.round()));
  if (batch.state != BatchState::kVerified) {
    RETURN_IF_FAULT(CheckState(batch, id, BatchState::kSubmitted));
  }
  return CheckList(state, id, sent_back.list());
}

void Record(State& state, const v1::Event&, const v1::BatchSentBack& sent_back) {
  BatchRecord& batch = BatchOf(state, sent_back.batch());
  batch.state = BatchState::kDraft;
  batch.submitter.clear();
  ++batch.round;
}

Verdict CheckRules(const State& state, const v1::Event& event, const v1::BatchReleased& released) {
  RETURN_IF_FAULT(CheckStep(state, released, BatchState::kApproved));
  const BatchId id = IdOf(released.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckNeitherDraftedNorSubmitted(batch, id, event.actor()));
  FAULT_UNLESS(batch.approver != event.actor(), "kFourEyes", "actor ", event.actor(),
               " approved batch ", Text(id));
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::BatchReleased& released) {
  BatchOf(state, released.batch()).state = BatchState::kReleased;
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::BatchClosed& closed) {
  const BatchId id = IdOf(closed.batch());
  const BatchRecord& batch = state.batches.at(id);
  RETURN_IF_FAULT(CheckRound(batch, id, closed.round()));
  RETURN_IF_FAULT(CheckState(batch, id, BatchState::kReleased));
  const Balance balance = BalanceOf(state, BatchLine(id));
  for (v1::Bucket bucket : {v1::BUCKET_OBLIGATED, v1::BUCKET_IN_TRANSIT, v1::BUCKET_RETURNED}) {
    FAULT_UNLESS(balance.in(bucket) == 0, "kBatchOpenMoney", "batch ", Text(id), " has ",
                 balance.in(bucket), " in ", v1::Bucket_Name(bucket));
  }
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::BatchClosed& closed) {
  BatchOf(state, closed.batch()).state = BatchState::kClosed;
}

}  // namespace bansos::replay
