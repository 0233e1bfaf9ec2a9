// ParkedCalls: calls that wait until the log or a view has reached a size, without a thread.
//
// The log and the projector run a callback once a size is reached but cannot forget one, so a
// caller who gives up would leave it behind for ever. Here one callback at a time is registered
// with them, for the next commit, and the calls wait in a table that a cancelled call leaves. The
// table is bounded in calls and in the memory of their messages (limits.h).
// Thread-safe. Owned by the server; what it registered may outlive it and then does nothing.
#ifndef GRPC_PARKED_CALLS_H_
#define GRPC_PARKED_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "grpc/call_life.h"

namespace bansos {

class ParkedCalls {
 public:
  // The size that is reached now.
  using Reached = std::function<uint64_t()>;
  // Runs the callback once the size is reached: EventLog::CallAtSize, Projector::CallAtPosition.
  using CallAt = std::function<void(uint64_t size, std::function<void()> callback)>;

  ParkedCalls(Reached reached, CallAt call_at);

  // Runs `wake` once, as soon as `size` is reached: at once on the caller when it is. Not at all
  // when the call ends before. `wake` must not block; it holds so many bytes of memory.
  // RESOURCE_EXHAUSTED when too many calls wait, or hold too much.
  absl::Status Wait(uint64_t size, size_t bytes, CallLife& life, std::function<void()> wake);

 private:
  class Room;
  const std::shared_ptr<Room> room_;
};

}  // namespace bansos

#endif  // GRPC_PARKED_CALLS_H_
