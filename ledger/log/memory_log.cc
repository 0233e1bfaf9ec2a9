#include "ledger/log/memory_log.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/commit_rules.h"

namespace bansos {

MemoryLog::MemoryLog() : published_(LogHead{.root = RightEdge().Root()}) {}

absl::StatusOr<LogHead> MemoryLog::Append(uint64_t expected_size, int64_t time_us,
                                          absl::Span<const std::string> entries) {
  LogHead head;
  std::vector<std::function<void()>> due;
  {
    std::lock_guard lock(mutex_);
    RETURN_IF_ERROR(failure_);
    head = published_.Get();
    RETURN_IF_ERROR(CheckCommit(head, expected_size, time_us, entries));
    if (times_.empty() || times_.back().first < time_us) times_.emplace_back(time_us, head.size);
    for (const std::string& entry : entries) {
      entries_.push_back(entry);
      edge_.Append(LeafHash(entry));
    }
    head = {.size = edge_.size(), .root = edge_.Root(), .last_time_us = time_us};
    due = published_.Publish(head);
  }
  for (const auto& callback : due) callback();
  return head;
}

absl::Status MemoryLog::ReadForward(Position from, Position to, EntryVisitor visit) const {
  const uint64_t end = std::min(to.value(), Head().size);
  for (uint64_t i = from.value(); i < end; ++i) {
    if (!visit(Position(i), EntryAt(i))) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryLog::ReadBackward(Position from, EntryVisitor visit) const {
  RETURN_IF_ERROR(CheckPosition(Head(), from));
  for (uint64_t i = from.value() + 1; i-- > 0;) {
    if (!visit(Position(i), EntryAt(i))) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> MemoryLog::Read(Position position) const {
  RETURN_IF_ERROR(CheckPosition(Head(), position));
  return std::string(EntryAt(position.value()));
}

absl::StatusOr<Position> MemoryLog::SeekTime(int64_t time_us) const {
  std::lock_guard lock(mutex_);
  const auto first =
      std::lower_bound(times_.begin(), times_.end(), std::pair(time_us, uint64_t{0}));
  return Position(first == times_.end() ? entries_.size() : first->second);
}

void MemoryLog::FailAppends(absl::Status error) {
  std::lock_guard lock(mutex_);
  failure_ = std::move(error);
}

std::string_view MemoryLog::EntryAt(uint64_t position) const {
  std::lock_guard lock(mutex_);
  return entries_[position];
}

}  // namespace bansos
