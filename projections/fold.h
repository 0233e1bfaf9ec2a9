// Fold: a view of the log, built event by event, that can be thrown away and built again.
//
// Contract: the state after events 0..n-1 depends on those events alone (invariant 6), so a fold
// has no clock, no randomness and no look-up outside itself. Apply is called with every event in
// order, each once. After an error of Apply or Load the fold is unusable until Reset.
// Threads: none of its own; Projector holds the lock. Owner: ViewSet.
#ifndef PROJECTIONS_FOLD_H_
#define PROJECTIONS_FOLD_H_

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "ledger/base/ids.h"
#include "ledger/domain/event.h"
#include "projections/snapshot_codec.h"

namespace bansos {

class Fold {
 public:
  virtual ~Fold() = default;

  // Names its snapshots; never changes.
  virtual std::string_view name() const = 0;
  // Raised whenever Apply or the snapshot's bytes change meaning: the view is then rebuilt at
  // start.
  virtual uint32_t version() const = 0;

  // DATA_LOSS when the event cannot be true at this position.
  virtual absl::Status Apply(Position position, const Event& event) = 0;

  // Writes the whole state, sorted: the same state always gives the same bytes. Ends soon once
  // !writer.ok(), however much there is (see SnapshotWriter::List).
  virtual void Save(SnapshotWriter& writer) const = 0;
  // Reads what Save wrote. REQUIRES: the fold is empty.
  virtual absl::Status Load(SnapshotReader& reader) = 0;
  // Back to the state before the first event.
  virtual void Reset() = 0;

  // SHA-256 over the bytes of Save: equal for equal views.
  Hash Digest() const;
  // The same; CANCELLED soon after `keep_going` says no. It is asked about every millisecond.
  absl::StatusOr<Hash> DigestWhile(absl::FunctionRef<bool()> keep_going) const;
};

}  // namespace bansos

#endif  // PROJECTIONS_FOLD_H_
