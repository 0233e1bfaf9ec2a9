#include "ledger/sequencer/start_up.h"

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/decide.h"
#include "ledger/event/codec.h"

namespace bansos {
namespace {

// A tenth of a second of folding.
constexpr uint64_t kEventsPerReport = 65'536;

absl::Status FoldEntry(State& state, Position position, std::string_view entry) {
  absl::StatusOr<Event> event = DecodeEvent(entry);
  absl::Status folded = event.ok() ? Evolve(state, *event) : event.status();
  if (folded.ok()) return folded;
  const absl::StatusCode code = absl::IsFailedPrecondition(folded)
                                    ? absl::StatusCode::kFailedPrecondition
                                    : absl::StatusCode::kDataLoss;
  return absl::Status(code, absl::StrCat("position ", position.value(), ": ", folded.message()));
}

}  // namespace

absl::StatusOr<State> FoldState(const EventLog& log, State from_snapshot,
                                const ProgressCallback& progress) {
  State state = std::move(from_snapshot);
  const uint64_t size = log.Head().size;
  if (state.next.value() > size) {
    return absl::DataLossError(absl::StrCat("the state's snapshot was taken at position ",
                                            state.next.value(), ", but the log ends at ", size));
  }
  absl::Status folded;
  const auto fold = [&](Position position, std::string_view entry) {
    folded = FoldEntry(state, position, entry);
    if (folded.ok() && progress && state.next.value() % kEventsPerReport == 0 &&
        !progress(state.next.value(), size)) {
      folded = absl::CancelledError("the start was stopped");
    }
    return folded.ok();
  };
  RETURN_IF_ERROR(log.ReadForward(state.next, Position(size), fold));
  RETURN_IF_ERROR(folded);
  if (state.next.value() != size) {
    return absl::DataLossError(absl::StrCat("the log's entries end at position ",
                                            state.next.value(), " before its size, ", size));
  }
  if (progress && !progress(size, size)) return absl::CancelledError("the start was stopped");
  return state;
}

}  // namespace bansos
