#include "grpc/event_reader.h"

#include <algorithm>
#include <utility>

#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Events of one bundle are decompressed together, so reading over a gap of this many costs less
// than another look-up.
constexpr uint64_t kMaxGap = 256;

}  // namespace

absl::Status ReadEntriesAt(
    const EventLog& log, std::vector<Position> positions,
    absl::FunctionRef<absl::StatusOr<bool>(Position, std::string_view entry)> visit) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  absl::StatusOr<bool> more = true;
  for (size_t first = 0; first < positions.size();) {
    size_t last = first;
    while (last + 1 < positions.size() &&
           positions[last + 1].value() - positions[last].value() <= kMaxGap) {
      ++last;
    }
    size_t wanted = first;
    RETURN_IF_ERROR(log.ReadForward(positions[first], Position(positions[last].value() + 1),
                                    [&](Position position, std::string_view entry) {
                                      if (position != positions[wanted]) return true;
                                      ++wanted;
                                      more = visit(position, entry);
                                      return more.ok() && *more;
                                    }));
    RETURN_IF_ERROR(more.status());
    if (!*more) return absl::OkStatus();
    if (wanted != last + 1) {
      return absl::DataLossError(
          absl::StrCat("the log has no event at position ", positions[wanted].value()));
    }
    first = last + 1;
  }
  return absl::OkStatus();
}

absl::Status ReadEventsAt(const EventLog& log, std::vector<Position> positions,
                          absl::FunctionRef<absl::Status(Position, const Event&)> visit) {
  return ReadEntriesAt(log, std::move(positions),
                       [&](Position position, std::string_view entry) -> absl::StatusOr<bool> {
                         ASSIGN_OR_RETURN(const Event event, DecodeEvent(entry));
                         RETURN_IF_ERROR(visit(position, event));
                         return true;
                       });
}

}  // namespace bansos
