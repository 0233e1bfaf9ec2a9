// Lanes: the threads that calls run on, apart for what records, for short questions and for those
// that pass over much of the log, so that a slow question delays no fast one and no write. Each
// lane has its own bounded queue, in calls and in bytes (limits.h); grpc/method_table.h says which
// method is in which lane.
//
// A call that waits (for a position, for older views) holds no thread and goes on in its lane. A
// stream or a long scan does a bounded piece of work a turn and then goes to the end of its lane's
// queue, so that all of a lane come forward together.
// Thread-safe. Owner: LedgerParts.
#ifndef GRPC_LANES_H_
#define GRPC_LANES_H_

#include <array>
#include <cstddef>
#include <memory>

#include "ledger/sequencer/worker_pool.h"

namespace bansos {

enum class Lane {
  kWrite,  // What records, and the sealing that it needs.
  kRead,   // What looks something up: milliseconds.
  kScan,   // What passes over events or people, as many as there are.
};
inline constexpr size_t kLaneCount = 3;

class Lanes {
 public:
  Lanes();
  // Runs what waits: reads first, which may call for a scan, writes last.
  ~Lanes();

  WorkerPool& of(Lane lane) { return *pools_[static_cast<size_t>(lane)]; }

 private:
  std::array<std::unique_ptr<WorkerPool>, kLaneCount> pools_;
};

// What the caller of a lane that is full is told.
const char* TellFull(Lane lane);

}  // namespace bansos

#endif  // GRPC_LANES_H_
