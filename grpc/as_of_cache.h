// AsOfCache: views as they were at older positions, for the next question about the same position.
// Bounded in number and in bytes, which are estimated; the set that was asked for longest ago goes
// first. Who reads a set holds a lease on it, and it stays as it is at least as long.
// Thread-safe; leases may outlive it.
#ifndef GRPC_AS_OF_CACHE_H_
#define GRPC_AS_OF_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "projections/projector.h"
#include "projections/records_view.h"
#include "projections/view_set.h"

namespace bansos {

// All views at one position.
struct OldViews {
  OldViews();

  ViewSet set;
  const RecordsView* records;  // One of the set.
  ProjectionHead head;         // Where they stand.
};

class AsOfCache {
 public:
  using Lease = std::shared_ptr<const OldViews>;

  AsOfCache(size_t max_sets, size_t max_bytes);

  // The views after `size` events; null when they are not here.
  Lease Find(uint64_t size);

  // Takes the views in and leases them, whatever their size.
  Lease Put(std::unique_ptr<OldViews> views);

  // Takes out the newest set within [from, to] that nobody reads, to be folded forward; null when
  // there is none.
  std::unique_ptr<OldViews> TakeIdle(uint64_t from, uint64_t to);

 private:
  class Shelf;
  const std::shared_ptr<Shelf> shelf_;  // Shared with the leases.
};

}  // namespace bansos

#endif  // GRPC_AS_OF_CACHE_H_
