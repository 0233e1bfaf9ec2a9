#include "grpc/as_of_position.h"

#include "absl/strings/str_cat.h"
#include "grpc/fault.h"
#include "grpc/limits.h"
#include "grpc/log_time.h"
#include "ledger/base/status_macros.h"

namespace bansos {
namespace {

// Everything recorded up to a time is below the first event after it.
absl::StatusOr<uint64_t> SizeAt(const EventLog& log, const google::protobuf::Timestamp& time) {
  ASSIGN_OR_RETURN(const int64_t time_us, ToMicrosBefore("read.as_of_time", time));
  ASSIGN_OR_RETURN(const Position after, log.SeekTime(time_us + 1));
  return after.value();
}

}  // namespace

absl::StatusOr<std::optional<uint64_t>> AsOfSize(const EventLog& log,
                                                 const v1::ReadOptions& options) {
  if (options.as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) return std::nullopt;
  if (options.min_position() != 0) {
    return ToStatus(Fault{.code = "BAD_READ",
                          .message = "min_position asks for the newest events and as_of for none "
                                     "after a moment. State one of them.",
                          .field = "read"});
  }
  if (options.has_as_of_time()) return SizeAt(log, options.as_of_time());
  const uint64_t size = log.Head().size;
  if (options.as_of_position() > size) {
    return absl::OutOfRangeError(absl::StrCat("read.as_of_position is ", options.as_of_position(),
                                              ", but the log has ", size, " events"));
  }
  return options.as_of_position();
}

absl::Status CheckAwaited(const EventLog& log, uint64_t min_position) {
  const uint64_t size = log.Head().size;
  if (min_position <= size || min_position - size <= kMaxAwaitedEvents) return absl::OkStatus();
  return ToStatus(
      Fault{.code = "BAD_READ",
            .message = absl::StrCat("min_position is ", min_position, ", but the log has ", size,
                                    " events: it will not come so far in any time. "
                                    "State a position that this ledger told."),
            .field = "read.min_position"});
}

}  // namespace bansos
