// AsOfCache: views as they were at older positions, for the next question about the same position.
// Bounded in number, and in bytes by the memory budget, which it makes room in; the set that was
// asked for longest ago goes first. Who reads a set holds a lease on it, and it stays as it is at
// least as long.
// Thread-safe; leases may outlive it.
#ifndef GRPC_AS_OF_CACHE_H_
#define GRPC_AS_OF_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "projections/memory_budget.h"
#include "projections/projector.h"
#include "projections/records_view.h"
#include "projections/view_set.h"

namespace bansos {

// All views at one position.
struct OldViews {
  OldViews();

  MemoryBudget::Share share;  // What they take; given back after them.
  ViewSet set;
  const RecordsView* records;  // One of the set.
  ProjectionHead head;         // Where they stand.
};

class AsOfCache {
 public:
  using Lease = std::shared_ptr<const OldViews>;

  AsOfCache(size_t max_sets, MemoryBudget budget);

  // The views after `size` events; null when they are not here.
  Lease Find(uint64_t size);

  // Takes the views in and leases them.
  Lease Put(std::unique_ptr<OldViews> views);

  // A share of the budget, for which sets that nobody reads are let go. RESOURCE_EXHAUSTED says
  // whether it can ever fit.
  absl::StatusOr<MemoryBudget::Share> TakeShare(uint64_t bytes);

  // Takes out the newest set within [from, to] that nobody reads, to be folded forward; null when
  // there is none.
  std::unique_ptr<OldViews> TakeIdle(uint64_t from, uint64_t to);

 private:
  class Shelf;
  const std::shared_ptr<Shelf> shelf_;  // Shared with the leases.
};

}  // namespace bansos

#endif  // GRPC_AS_OF_CACHE_H_
