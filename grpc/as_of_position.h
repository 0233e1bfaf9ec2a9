// From the `as_of` of a query to the number of events that its answer may know of. Thread-safe.
#ifndef GRPC_AS_OF_POSITION_H_
#define GRPC_AS_OF_POSITION_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpc/page_token.h"
#include "ledger/log/event_log.h"

namespace bansos {

// The size of the log that the query asks about; nullopt: as it is now.
//   INVALID_ARGUMENT  with min_position, or no timestamp
//   OUT_OF_RANGE      the log has never been of this size
absl::StatusOr<std::optional<uint64_t>> AsOfSize(const EventLog& log,
                                                 const v1::ReadOptions& options);

// INVALID_ARGUMENT when a caller would wait for a position that the log will not reach in any time
// (kMaxAwaitedEvents).
absl::Status CheckAwaited(const EventLog& log, uint64_t min_position);

// How a page of the query is to be read: a later page of one that asks as of some time at the
// position of its first page.
template <typename Request>
absl::StatusOr<v1::ReadOptions> ReadOfPage(const PageTokens& pages, const Request& request) {
  v1::ReadOptions read = request.read();
  if (request.page_token().empty() || read.as_of_case() == v1::ReadOptions::AS_OF_NOT_SET) {
    return read;
  }
  const absl::StatusOr<PageToken> token = pages.Decode(PageScope(request), request.page_token());
  if (!token.ok()) return token.status();
  read.set_as_of_position(token->position);
  return read;
}

}  // namespace bansos

#endif  // GRPC_AS_OF_POSITION_H_
