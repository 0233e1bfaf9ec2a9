// Moment: the views as a query is to see them: now, or as they were at an older position.
//
// Threads: one. Good while the query is answered; ReadPath makes it and outlives it.
#ifndef GRPC_MOMENT_H_
#define GRPC_MOMENT_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "grpc/as_of_cache.h"
#include "ledger/domain/state.h"
#include "projections/projector.h"

namespace bansos {

class ReadPath;

// All views at one position; good until the reading function returns.
struct Views {
  const ViewSet& set;
  const State& state;
  const ProjectionHead& head;
};

class Moment {
 public:
  // Now. With `size`: now, as long as the views stand at this position.
  explicit Moment(const ReadPath& reads, std::optional<uint64_t> size = std::nullopt)
      : reads_(&reads), size_(size) {}
  // As it was.
  explicit Moment(AsOfCache::Lease old) : old_(std::move(old)) {}

  // Reads the views at one position; `read` must be quick, because the projector may wait for it.
  absl::Status Read(absl::FunctionRef<void(const Views&)> read) const;

  // For an answer of several readings, which finds that what it reads has changed after `size`
  // events.
  void GoBackTo(uint64_t size) const {
    size_ = size;
    passed_ = true;
  }

  // Where it was found that the views had gone on since: the query is then asked again as of there.
  std::optional<uint64_t> passed() const { return passed_ ? size_ : std::nullopt; }

 private:
  const ReadPath* reads_ = nullptr;  // Null when old_ is not.
  mutable std::optional<uint64_t> size_;
  AsOfCache::Lease old_;
  mutable bool passed_ = false;
};

}  // namespace bansos

#endif  // GRPC_MOMENT_H_
