// DigestBoard: the newest digests of all views that were made, and who waits for newer ones.
//
// Digests are made while the log is quiet, so that nothing waits for them. Who asks for newer ones
// is told when they are there, or when the log left no time for them in a good many rounds: then
// the newest there are have to do, and say their position. Who waits cannot leave, so the server
// waits here once for all its calls, which leave it (grpc/parked_calls.h). Thread-safe. Owner:
// Projector.
#ifndef PROJECTIONS_DIGEST_BOARD_H_
#define PROJECTIONS_DIGEST_BOARD_H_

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/base/hash.h"
#include "projections/view_set.h"

namespace bansos {

// What an answer is true at.
struct ProjectionHead {
  uint64_t size = 0;         // events applied: positions 0 .. size - 1
  int64_t last_time_us = 0;  // recorded time of the last of them; 0 when there is none
};

struct ViewDigest {
  std::string name;
  uint32_t version = 0;
  Hash digest = {};
  friend bool operator==(const ViewDigest&, const ViewDigest&) = default;
};

// Of all views at one position.
struct ViewDigests {
  ProjectionHead head;
  std::vector<ViewDigest> views;
};

// Takes as long as writing the views does; CANCELLED soon after `keep_going` says no.
absl::StatusOr<ViewDigests> DigestsOf(const ViewSet& views, const ProjectionHead& head,
                                      absl::FunctionRef<bool()> keep_going);

// Rounds of the projector (a batch applied, or digests given up because events came) that a caller
// waits for digests: about a second of a full load.
inline constexpr int kDigestRounds = 64;

class DigestBoard {
 public:
  std::optional<ViewDigests> Newest() const;

  // Runs `callback` once, when there are digests at `size` or beyond, or after kDigestRounds, or
  // when closed: at once on the caller if so already (false), else on the projector's thread.
  bool CallAt(uint64_t size, std::function<void()> callback);

  // True while somebody waits.
  bool wanted() const;

  void Publish(ViewDigests digests);
  // A round without digests.
  void PassRound();
  // Nothing more will be published.
  void Close();

 private:
  struct Waiter {
    uint64_t size = 0;
    int rounds_left = kDigestRounds;
    std::function<void()> callback;
  };

  // Takes out and runs those for whom `ended` is true.
  template <typename Ended>
  void Wake(Ended ended);

  mutable absl::Mutex mutex_;
  std::optional<ViewDigests> newest_ ABSL_GUARDED_BY(mutex_);
  std::list<Waiter> waiting_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace bansos

#endif  // PROJECTIONS_DIGEST_BOARD_H_
