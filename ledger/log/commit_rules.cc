#include "ledger/log/commit_rules.h"

#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

absl::Status CheckEntries(absl::Span<const std::string> entries) {
  if (entries.empty()) return absl::InvalidArgumentError("a commit holds at least one entry");
  if (entries.size() > kMaxCommitEntries) {
    return absl::InvalidArgumentError(absl::StrCat(
        "commit of ", entries.size(), " entries; the limit is ", kMaxCommitEntries, ": split it"));
  }
  size_t total_bytes = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].size() > kMaxEntryBytes) {
      return absl::InvalidArgumentError(absl::StrCat("entry ", i, " of the commit has ",
                                                     entries[i].size(), " bytes; the limit is ",
                                                     kMaxEntryBytes));
    }
    total_bytes += entries[i].size();
  }
  if (total_bytes > kMaxCommitBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "commit of ", total_bytes, " bytes; the limit is ", kMaxCommitBytes, ": split it"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckCommit(const LogHead& head, uint64_t expected_size, int64_t time_us,
                         absl::Span<const std::string> entries) {
  if (expected_size != head.size) {
    return absl::AbortedError(absl::StrCat("append expected the log at size ", expected_size,
                                           ", but it is at ", head.size,
                                           ": read what came in between and decide again"));
  }
  // An empty log has last time 0, so a time before 1970 is refused here too.
  if (time_us < head.last_time_us) {
    return absl::InvalidArgumentError(absl::StrCat("recorded time ", time_us,
                                                   " us is before that of the last commit, ",
                                                   head.last_time_us, " us"));
  }
  return CheckEntries(entries);
}

absl::Status CheckPosition(const LogHead& head, Position position) {
  if (position.value() < head.size) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat(
      "position ", position.value(), " is past the end; the log holds ", head.size, " entries"));
}

}  // namespace bansos
