// Timeline: the history of one subject, newest first, by walking its chain (`back` of each event).
// Nothing is materialised: 20 events take about half a millisecond of a log of 20 million.
// Stateless; any thread.
#ifndef PROJECTIONS_TIMELINE_H_
#define PROJECTIONS_TIMELINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/ids.h"
#include "ledger/domain/event.h"
#include "ledger/log/event_log.h"

namespace bansos {

struct PositionedEvent {
  Position position;
  Event event;
};

struct TimelinePage {
  std::vector<PositionedEvent> events;  // newest first
  std::optional<Position> next;         // where the next page begins; empty at the subject's first
};

// Returning false stops the walk.
using ChainVisitor = absl::FunctionRef<bool(Position, const Event&)>;

// Visits the event at `head` and all before it about the same subject, newest first.
// OUT_OF_RANGE when the log has no such position; DATA_LOSS when an entry cannot be read.
absl::Status WalkChain(const EventLog& log, Position head, ChainVisitor visit);

// At most `limit` events of the chain that ends at `head`. REQUIRES: limit > 0.
absl::StatusOr<TimelinePage> ReadTimeline(const EventLog& log, Position head, size_t limit);

}  // namespace bansos

#endif  // PROJECTIONS_TIMELINE_H_
