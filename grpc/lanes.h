// Lanes: the threads that calls run on, apart for what records little, for short questions, for
// those that pass over much of the log, for what records much, and for what signs, so that a slow
// call delays no fast one. Each lane has its own bounded queue, in calls and in bytes (limits.h);
// grpc/method_table.h says which call is in which lane.
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
  kWrite,  // What records a few facts, and the sealing that it needs: milliseconds.
  kRead,   // What looks something up: milliseconds.
  kScan,   // What passes over events or people, as many as there are; large dry runs.
  kBulk,   // What records many facts at once.
  kSign,   // What makes a checkpoint, which waits for the disk, one at a time.
};
inline constexpr size_t kLaneCount = 5;

class Lanes {
 public:
  Lanes();
  // Runs what waits. A call goes on in a later lane only, in the order of the destructor.
  ~Lanes();

  WorkerPool& of(Lane lane) { return *pools_[static_cast<size_t>(lane)]; }

 private:
  std::array<std::unique_ptr<WorkerPool>, kLaneCount> pools_;
};

// What the caller of a lane that is full is told.
const char* TellFull(Lane lane);

}  // namespace bansos

#endif  // GRPC_LANES_H_
