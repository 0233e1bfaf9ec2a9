#include "grpc/event_reader.h"

#include <algorithm>

#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Events of one bundle are decompressed together, so reading over a gap of this many costs less
// than another look-up.
constexpr uint64_t kMaxGap = 256;

}  // namespace

absl::Status ReadEventsAt(const EventLog& log, std::vector<Position> positions,
                          absl::FunctionRef<absl::Status(Position, const Event&)> visit) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  for (size_t first = 0; first < positions.size();) {
    size_t last = first;
    while (last + 1 < positions.size() &&
           positions[last + 1].value() - positions[last].value() <= kMaxGap) {
      ++last;
    }
    absl::Status status;
    size_t wanted = first;
    RETURN_IF_ERROR(log.ReadForward(positions[first], Position(positions[last].value() + 1),
                                    [&](Position position, std::string_view entry) {
                                      if (position != positions[wanted]) return true;
                                      ++wanted;
                                      const absl::StatusOr<Event> event = DecodeEvent(entry);
                                      status =
                                          event.ok() ? visit(position, *event) : event.status();
                                      return status.ok();
                                    }));
    RETURN_IF_ERROR(status);
    if (wanted != last + 1) {
      return absl::DataLossError(
          absl::StrCat("the log has no event at position ", positions[wanted].value()));
    }
    first = last + 1;
  }
  return absl::OkStatus();
}

}  // namespace bansos
