#include "ledger/event/state_codec.h"

#include "ledger/event/state_members.h"
// The archive finds the members above by argument-dependent look-up.
#include "ledger/event/archive.h"

namespace bansos {
namespace {

// An index that points past its array would be followed later: refuse it now (invariant 10).
bool IndexesFit(const State& state) {
  for (const PaymentState& payment : state.payments) {
    if (payment.program.value() >= state.programs.size() ||
        payment.batch.value() >= state.batches.size() ||
        (payment.previous && payment.previous->value() >= state.payments.size())) {
      return false;
    }
  }
  for (const BatchState& batch : state.batches) {
    if (batch.program.value() >= state.programs.size()) return false;
    for (const PaymentIndex index : batch.payments) {
      if (index.value() >= state.payments.size()) return false;
    }
  }
  return true;
}

}  // namespace

std::string EncodeState(const State& state) {
  std::string out;
  ArchiveWriter writer(out);
  writer(kStateVersion, state.actors.names(), state);
  return out;
}

absl::StatusOr<State> DecodeState(std::string_view bytes) {
  State state;
  uint32_t version = 0;
  std::vector<std::string> actors;
  ArchiveReader reader(bytes);
  reader(version);
  if (!reader.ok() || version != kStateVersion) {
    return absl::DataLossError("the snapshot of the state has another version");
  }
  reader(actors, state);
  if (state.ledger.rules_version > kRulesVersion) {
    return absl::DataLossError("the snapshot of the state was made by rules of a newer version");
  }
  if (!reader.Finished() || !IndexesFit(state)) {
    return absl::DataLossError("the snapshot of the state is damaged");
  }
  for (const std::string& actor : actors) state.actors.Intern(actor);
  return state;
}

}  // namespace bansos
