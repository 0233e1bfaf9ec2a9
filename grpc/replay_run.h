// ReplayRun: all views of the ledger built from nothing, beside the live ones, up to the position
// at which digests of the served ones were taken. It reads nothing but the log.
//
// Memory: one more set of views, within the memory budget. Not thread-safe. Owner: ReplayStream.
#ifndef GRPC_REPLAY_RUN_H_
#define GRPC_REPLAY_RUN_H_

#include <cstdint>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/admin_service.pb.h"
#include "ledger/log/event_log.h"
#include "projections/fold_run.h"
#include "projections/memory_budget.h"
#include "projections/projector.h"
#include "projections/view_set.h"

namespace bansos {

class ReplayRun {
 public:
  // `share` is for views of this size. REQUIRES: the log has served.head.size events.
  ReplayRun(const EventLog& log, ViewDigests served, MemoryBudget::Share share);

  uint64_t applied() const { return run_.size(); }
  uint64_t size() const { return served_.head.size; }
  bool done() const { return applied() == size(); }

  // Applies the next batch. DATA_LOSS names the position that cannot be read or applied.
  // REQUIRES: !done().
  absl::Status Step();

  // Takes as long as writing the views does; CANCELLED soon after `keep_going` says no.
  // REQUIRES: done().
  absl::StatusOr<v1::ReplayResult> Compare(absl::FunctionRef<bool()> keep_going) const;

 private:
  const ViewDigests served_;
  const MemoryBudget::Share share_;
  ViewSet views_;
  FoldRun run_;
};

}  // namespace bansos

#endif  // GRPC_REPLAY_RUN_H_
