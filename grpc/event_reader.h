// Reading single events of the log by position, for what the views do not hold: sealed values, and
// who was replaced. Thread-safe; blocks on the disk, so only on workers.
#ifndef GRPC_EVENT_READER_H_
#define GRPC_EVENT_READER_H_

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/ids.h"
#include "ledger/domain/event.h"
#include "ledger/event/codec.h"
#include "ledger/log/event_log.h"

namespace bansos {

// Visits the entries at `positions` by rising position, each once, until `visit` says false or an
// error; positions near each other are read together. DATA_LOSS when one cannot be read.
absl::Status ReadEntriesAt(
    const EventLog& log, std::vector<Position> positions,
    absl::FunctionRef<absl::StatusOr<bool>(Position, std::string_view entry)> visit);

// Visits the events at `positions` by rising position, each once; positions near each other are
// read together. DATA_LOSS when one cannot be read or decoded.
absl::Status ReadEventsAt(const EventLog& log, std::vector<Position> positions,
                          absl::FunctionRef<absl::Status(Position, const Event&)> visit);

// The event at `position` as the kind that it must be. DATA_LOSS when it is another.
template <typename Body>
absl::StatusOr<Body> ReadBodyAt(const EventLog& log, Position position) {
  const absl::StatusOr<std::string> entry = log.Read(position);
  if (!entry.ok()) return entry.status();
  absl::StatusOr<Event> event = DecodeEvent(*entry);
  if (!event.ok()) return event.status();
  if (auto* body = std::get_if<Body>(&event->body)) return std::move(*body);
  return absl::DataLossError(
      absl::StrCat("the event at position ", position.value(), " is not of the expected kind"));
}

}  // namespace bansos

#endif  // GRPC_EVENT_READER_H_
