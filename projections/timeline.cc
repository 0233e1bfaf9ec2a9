#include "projections/timeline.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {

absl::Status WalkChain(const EventLog& log, Position head, ChainVisitor visit) {
  for (Position position = head;;) {
    ASSIGN_OR_RETURN(const std::string entry, log.Read(position));
    absl::StatusOr<Event> event = DecodeEvent(entry);
    if (!event.ok()) {
      return absl::DataLossError(
          absl::StrCat("position ", position.value(), ": ", event.status().message()));
    }
    const uint64_t back = event->envelope.back;
    if (back > position.value()) {
      return absl::DataLossError(
          absl::StrCat("position ", position.value(), " points before the log, back ", back));
    }
    if (!visit(position, *event) || back == 0) return absl::OkStatus();
    position = Position(position.value() - back);
  }
}

absl::StatusOr<TimelinePage> ReadTimeline(const EventLog& log, Position head, size_t limit) {
  CHECK(limit > 0);
  TimelinePage page;
  RETURN_IF_ERROR(WalkChain(log, head, [&](Position position, const Event& event) {
    page.next = std::nullopt;
    page.events.push_back({position, event});
    if (event.envelope.back > 0) page.next = Position(position.value() - event.envelope.back);
    return page.events.size() < limit;
  }));
  return page;
}

}  // namespace bansos
