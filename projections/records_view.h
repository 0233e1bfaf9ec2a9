// RecordsView: the domain's State as a view, so that services can look up programmes, candidates,
// entitlements, payments and batches as they stand at the view's position. The same Evolve builds
// it that the decider trusts (docs/adr/0004), so a rule is written once. Not thread-safe; read it
// under the projector's lock. Owner: ViewSet.
#ifndef PROJECTIONS_RECORDS_VIEW_H_
#define PROJECTIONS_RECORDS_VIEW_H_

#include <string_view>
#include <utility>

#include "ledger/domain/state.h"
#include "projections/fold.h"

namespace bansos {

class RecordsView final : public Fold {
 public:
  const State& state() const { return state_; }
  // For who wants the State and no view of it: the view is empty afterwards.
  State TakeState() { return std::exchange(state_, State()); }

  std::string_view name() const override { return "records"; }
  uint32_t version() const override;
  absl::Status Apply(Position position, const Event& event) override;
  void Save(SnapshotWriter& writer) const override;
  absl::Status Load(SnapshotReader& reader) override;
  void Reset() override { state_ = State(); }

 private:
  State state_;
};

}  // namespace bansos

#endif  // PROJECTIONS_RECORDS_VIEW_H_
