// EventLog: the append-only sequence of entries that is the only truth of the ledger. An entry is
// opaque bytes at a position; the log knows nothing of events.
//
// Contract: an entry that Append acknowledged is durable, anchored and in the tree (invariant 1);
// positions have no gaps and every reader sees them in order, each once, and none before it is
// durable (invariant 2). Nothing is ever changed or removed.
// Threads: everything may be called from any thread. Appends are serial; one writer is expected,
// and a second one is told ABORTED by its expected size.
// Owner: main() creates one and hands out references; it outlives everything that reads it.
#ifndef LEDGER_LOG_EVENT_LOG_H_
#define LEDGER_LOG_EVENT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "ledger/base/hash.h"
#include "ledger/base/ids.h"

namespace bansos {

// C2SP entry bundles carry a 16-bit length, so no entry can pass 65,535 bytes; the rest is headroom
// for what an export may have to add.
inline constexpr size_t kMaxEntryBytes = size_t{60} * 1024;

// One group commit holds up to eight full requests of 8,192 commands.
inline constexpr uint64_t kMaxCommitEntries = 65'536;

// A commit is held in memory three times (batch, write-ahead log buffer, memtable): this keeps the
// worst one under a gigabyte.
inline constexpr size_t kMaxCommitBytes = size_t{256} * 1024 * 1024;

// The durable, anchored end of the log.
struct LogHead {
  uint64_t size = 0;         // entries; also the position that the next entry gets
  Hash root = {};            // RFC 6962 root over the first `size` entries
  int64_t last_time_us = 0;  // recorded time of the last commit; 0 while the log is empty
};

// Sees one entry; the view is good until it returns. Returning false stops the reading.
using EntryVisitor = absl::FunctionRef<bool(Position, std::string_view entry)>;

class EventLog {
 public:
  virtual ~EventLog() = default;

  // Writes one commit: all of `entries` or none, synced and anchored before it returns the new
  // head. `time_us` is the recorded time of the whole commit.
  //   ABORTED           expected_size is not the size; nothing was written.
  //   INVALID_ARGUMENT  no entries, too many, too large, or a time before the last commit's;
  //   nothing
  //                     was written.
  //   UNAVAILABLE, DATA_LOSS  writing, syncing or anchoring failed. The outcome is unknown and the
  //                     log refuses every later Append: the caller stops the process, and the next
  //                     start finds the commit whole or not at all.
  virtual absl::StatusOr<LogHead> Append(uint64_t expected_size, int64_t time_us,
                                         absl::Span<const std::string> entries) = 0;

  virtual LogHead Head() const = 0;

  // Visits [from, to) upward; `to` is cut to the size. DATA_LOSS names the position of a damaged
  // fragment, none of whose entries is visited.
  virtual absl::Status ReadForward(Position from, Position to, EntryVisitor visit) const = 0;

  // Visits from, from - 1, ... 0. OUT_OF_RANGE if from >= size; DATA_LOSS as above.
  virtual absl::Status ReadBackward(Position from, EntryVisitor visit) const = 0;

  // One entry. OUT_OF_RANGE past the end; DATA_LOSS as above.
  virtual absl::StatusOr<std::string> Read(Position position) const = 0;

  // First position whose recorded time is at or after time_us; the size when none is.
  virtual absl::StatusOr<Position> SeekTime(int64_t time_us) const = 0;

  // Runs `callback` once, as soon as the size is at least `size`: at once on the caller when it
  // already is, else on the appending thread, so it must be quick. Nothing is lost between look and
  // wait. Callbacks still waiting when the log is destroyed are dropped.
  virtual void CallAtSize(uint64_t size, std::function<void()> callback) = 0;
};

// Blocks until the log holds at least `size` entries (true) or `deadline` passes (false).
bool WaitForSize(EventLog& log, uint64_t size, absl::Time deadline);

}  // namespace bansos

#endif  // LEDGER_LOG_EVENT_LOG_H_
