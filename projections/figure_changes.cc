#include "projections/figure_changes.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {
namespace {

// Read at a time: a few milliseconds, after which a caller who has gone is noticed.
constexpr uint64_t kScanSliceEvents = 4096;

absl::Status NoLongerWanted() {
  return absl::CancelledError("the caller no longer waits for the events behind a figure");
}

absl::Status Visit(FigureFold& fold, Position position, const Event& event, ChangeVisitor visit) {
  const absl::StatusOr<int64_t> change = fold.Apply(position, event);
  if (!change.ok()) {
    return absl::Status(change.status().code(), absl::StrCat("position ", position.value(), ": ",
                                                             change.status().message()));
  }
  if (*change != 0) visit(position, *change);
  return absl::OkStatus();
}

// Entries name their programme in clear, so bytes without its code need not be decoded.
bool MayTouch(std::string_view entry, const BalanceSubject& subject) {
  return entry.find(subject.program) != std::string_view::npos;
}

}  // namespace

absl::Status ScanChanges(const EventLog& log, uint64_t size, const BalanceSubject& subject,
                         BalanceFigure figure, KeepScanning keep_scanning, ChangeVisitor visit) {
  CHECK(!subject.is_recipient());
  FigureFold fold(subject, figure);
  absl::Status status;
  const auto apply = [&](Position position, std::string_view entry) {
    if (!MayTouch(entry, subject)) return true;
    const absl::StatusOr<Event> event = DecodeEvent(entry);
    status = event.ok() ? Visit(fold, position, *event, visit)
                        : absl::DataLossError(absl::StrCat("position ", position.value(), ": ",
                                                           event.status().message()));
    return status.ok();
  };
  for (uint64_t from = 0; from < size; from += kScanSliceEvents) {
    if (!keep_scanning(from)) return NoLongerWanted();
    const uint64_t end = std::min(size, from + kScanSliceEvents);
    RETURN_IF_ERROR(log.ReadForward(Position(from), Position(end), apply));
    RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

absl::Status WalkChanges(const EventLog& log, uint64_t size, Position chain,
                         RecipientNumber recipient, BalanceFigure figure,
                         KeepScanning keep_scanning, ChangeVisitor visit) {
  std::vector<std::pair<Position, Event>> moves;  // newest first
  bool wanted = true;
  uint64_t walked = 0;
  RETURN_IF_ERROR(WalkChain(log, chain, [&](Position position, const Event& event) {
    wanted = keep_scanning(walked++);
    if (position.value() < size && PaymentMoveOf(event.body)) moves.emplace_back(position, event);
    return wanted;
  }));
  if (!wanted) return NoLongerWanted();
  FigureFold fold({.recipient = recipient}, figure);
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    RETURN_IF_ERROR(Visit(fold, move->first, move->second, visit));
  }
  return absl::OkStatus();
}

}  // namespace bansos
