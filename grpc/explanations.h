// Explanations: the events behind figures, kept as positions and changes for the next page and made
// anew when they are kept no longer: at one position of the log they are always the same.
//
// Bounded (invariant 9): changes held of one explanation, explanations kept, and scans of the log
// at the same time (RESOURCE_EXHAUSTED with a hint above). Thread-safe. Owner: AuditService.
#ifndef GRPC_EXPLANATIONS_H_
#define GRPC_EXPLANATIONS_H_

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "projections/figure_changes.h"

namespace bansos {

struct FigureChange {
  Position position;
  int64_t change = 0;
};

struct Explanation {
  uint64_t event_count = 0;  // all changes
  int64_t sum = 0;           // of all
  // The changes from the one of this rank (counted from 0) on, as many as may be held.
  uint64_t first_rank = 0;
  std::vector<FigureChange> held = {};

  uint64_t end_rank() const { return first_rank + held.size(); }
  bool Holds(uint64_t rank) const {
    return (first_rank <= rank && rank < end_rank()) || rank >= event_count;
  }
};

class Explanations {
 public:
  // Scans for all changes.
  using Scan = absl::FunctionRef<absl::Status(ChangeVisitor)>;

  explicit Explanations(uint64_t max_held_changes) : max_held_changes_(max_held_changes) {}

  // The explanation that `key` names (question and position), holding the change of `rank` if there
  // is one. Calls `scan` unless it is kept.
  absl::StatusOr<std::shared_ptr<const Explanation>> Get(const std::string& key, uint64_t rank,
                                                         Scan scan);

 private:
  struct Kept {
    std::string key;
    std::shared_ptr<const Explanation> explanation;
  };

  std::shared_ptr<const Explanation> Find(const std::string& key, uint64_t rank);
  void Keep(const std::string& key, std::shared_ptr<const Explanation> explanation);
  absl::StatusOr<Explanation> Make(uint64_t rank, Scan scan) const;

  const uint64_t max_held_changes_;
  absl::Mutex mutex_;
  int scans_ ABSL_GUARDED_BY(mutex_) = 0;
  std::list<Kept> kept_ ABSL_GUARDED_BY(mutex_);  // Most recently asked for first.
};

}  // namespace bansos

#endif  // GRPC_EXPLANATIONS_H_
