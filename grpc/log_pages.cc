#include "grpc/log_pages.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/limits.h"
#include "ledger/base/status_macros.h"
#include "ledger/event/codec.h"

namespace bansos {
namespace {

// Takes entries one by one until the page is full.
class PageBuilder {
 public:
  PageBuilder(const EventFilter& filter, size_t max_events)
      : filter_(filter), max_events_(max_events) {}

  // False when the page takes no more.
  bool Take(Position position, std::string_view entry) {
    status_ = Add(position, entry);
    ++scanned_;
    bytes_ += page_.events.empty() ? 0 : entry.size();
    return status_.ok() && scanned_ < kMaxScannedEntries && bytes_ < kMaxPageEntryBytes &&
           page_.events.size() < static_cast<int>(max_events_);
  }

  uint64_t scanned() const { return scanned_; }
  const absl::Status& status() const { return status_; }
  LogPage Finish(uint64_t next) {
    page_.next = next;
    return std::move(page_);
  }

 private:
  absl::Status Add(Position position, std::string_view entry) {
    if (!filter_.empty()) {
      ASSIGN_OR_RETURN(const Event event, DecodeEvent(entry));
      if (!filter_.Passes(event.body)) return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(*page_.events.Add(), ToLoggedEvent(position, entry));
    return absl::OkStatus();
  }

  const EventFilter& filter_;
  const size_t max_events_;
  LogPage page_;
  uint64_t scanned_ = 0;
  size_t bytes_ = 0;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<v1::LoggedEvent> ToLoggedEvent(Position position, std::string_view entry) {
  v1::LoggedEvent logged;
  logged.set_position(position.value());
  logged.set_entry(std::string(entry));
  if (!logged.mutable_event()->ParseFromArray(entry.data(), static_cast<int>(entry.size()))) {
    return absl::DataLossError(
        absl::StrCat("the entry at position ", position.value(), " cannot be decoded"));
  }
  return logged;
}

absl::StatusOr<LogPage> ReadLogForward(const EventLog& log, uint64_t from, uint64_t end,
                                       const EventFilter& filter, size_t max_events) {
  PageBuilder builder(filter, max_events);
  RETURN_IF_ERROR(log.ReadForward(
      Position(from), Position(std::max(from, end)),
      [&](Position position, std::string_view entry) { return builder.Take(position, entry); }));
  RETURN_IF_ERROR(builder.status());
  return builder.Finish(from + builder.scanned());
}

absl::StatusOr<LogPage> ReadLogBackward(const EventLog& log, uint64_t from,
                                        const EventFilter& filter, size_t max_events) {
  PageBuilder builder(filter, max_events);
  if (from > 0) {
    RETURN_IF_ERROR(log.ReadBackward(
        Position(from - 1),
        [&](Position position, std::string_view entry) { return builder.Take(position, entry); }));
  }
  RETURN_IF_ERROR(builder.status());
  return builder.Finish(from - builder.scanned());
}

}  // namespace bansos
