#include "ledger/event/state_codec.h"

#include <vector>

#include "ledger/domain/payment.h"
#include "ledger/event/state_members.h"
// The archive finds the members above by argument-dependent look-up.
#include "ledger/event/archive.h"

namespace bansos {
namespace {

// True when an index stays below the size of the array that it points into. One that does not would
// be followed later, so the snapshot is refused now (invariant 10).
class Indexes {
 public:
  Indexes(const State& state, size_t actors) : state_(state), actors_(actors) {}

  bool Fit() const {
    return RecipientsFit() && AllFit(state_.programs) && AllFit(state_.batches) &&
           AllFit(state_.payments) && ValuesFit(state_.program_of_code) &&
           ValuesFit(state_.batch_of_key) && KeysFit(state_.reports_of_payment) && FilesFit() &&
           HeldFit();
  }

 private:
  bool Fits(ProgramIndex index) const { return index.value() < state_.programs.size(); }
  bool Fits(BatchIndex index) const { return index.value() < state_.batches.size(); }
  bool Fits(PaymentIndex index) const { return index.value() < state_.payments.size(); }
  // Where nobody acted yet the index is 0, also when no actor was met at all.
  bool Fits(ActorIndex index) const { return index.value() < actors_ || index == ActorIndex(); }

  bool Fits(const ProgramState& program) const {
    return Balances(program) && ValuesFit(program.payment_of_recipient) &&
           ValuesFit(program.payment_of_slot) && CandidaciesFit(program);
  }
  bool Fits(const BatchState& batch) const {
    return Balances(batch) && Fits(batch.program) && AllFit(batch.drafters) &&
           Fits(batch.submitter) && Fits(batch.approver) && AllFit(batch.payments);
  }
  // A payment points only to older ones, so a walk back always ends.
  bool Fits(const PaymentState& payment) const {
    const PaymentState* first = state_.payments.data();
    const auto self = PaymentIndex(static_cast<uint32_t>(&payment - first));
    return Fits(payment.program) && Fits(payment.batch) && Fits(payment.payee_recorder) &&
           (!payment.previous || *payment.previous < self) &&
           state_.FindRecipient(payment.recipient) != nullptr;
  }

  bool RecipientsFit() const {
    bool fit = true;
    state_.recipients.ForEach([&](RecipientNumber, const RecipientState& recipient) {
      fit = fit && Fits(recipient.payee_recorder);
    });
    return fit;
  }
  bool CandidaciesFit(const ProgramState& program) const {
    for (const auto& [recipient, candidacy] : program.candidacies) {
      if (state_.FindRecipient(recipient) == nullptr) return false;
    }
    return true;
  }
  bool FilesFit() const {
    for (const auto& [position, file] : state_.file_of_position) {
      if (file >= state_.files.size()) return false;
    }
    return true;
  }
  bool HeldFit() const {
    for (const auto& [position, held] : state_.held) {
      if (held.payment && !Fits(*held.payment)) return false;
    }
    return true;
  }

  bool AllFit(const auto& values) const {
    for (const auto& value : values) {
      if (!Fits(value)) return false;
    }
    return true;
  }
  bool ValuesFit(const auto& map) const {
    for (const auto& [key, value] : map) {
      if (!Fits(value)) return false;
    }
    return true;
  }
  bool KeysFit(const auto& map) const {
    for (const auto& [key, value] : map) {
      if (!Fits(key)) return false;
    }
    return true;
  }

  const State& state_;
  const size_t actors_;
};

}  // namespace

bool EncodeState(const State& state, absl::FunctionRef<void(std::string_view)> take,
                 absl::FunctionRef<bool()> keep_going) {
  ArchiveWriter writer(take, keep_going);
  writer(kStateVersion, state.actors.names(), state);
  writer.Finish();
  return writer.ok();
}

absl::StatusOr<State> DecodeState(absl::FunctionRef<std::string()> next) {
  State state;
  uint32_t version = 0;
  std::vector<std::string> actors;
  ArchiveReader reader(next);
  reader(version);
  if (!reader.ok() || version != kStateVersion) {
    return absl::DataLossError("the snapshot of the state has another version");
  }
  reader(actors, state);
  if (state.ledger.rules_version > kRulesVersion) {
    return absl::DataLossError("the snapshot of the state was made by rules of a newer version");
  }
  const size_t actor_count = actors.size();
  for (const std::string& actor : actors) state.actors.Intern(actor);
  if (!reader.Finished() || !Indexes(state, actor_count).Fit()) {
    return absl::DataLossError("the snapshot of the state is damaged");
  }
  state.OrderLists();
  return state;
}

}  // namespace bansos
