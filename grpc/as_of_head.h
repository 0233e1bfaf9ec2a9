// The head of the log as it was, from the log and its tree alone. Thread-safe; blocks on the disk,
// so only on workers.
#ifndef GRPC_AS_OF_HEAD_H_
#define GRPC_AS_OF_HEAD_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "bansos/v1/common.pb.h"
#include "grpc/service_parts.h"
#include "ledger/base/hash.h"
#include "ledger/log/event_log.h"

namespace bansos {

// Root of the tree over the first `size` entries, proved against the root of the log.
absl::StatusOr<Hash> RootAt(const ServiceParts& parts, uint64_t size);

// The head that `options` ask for, without its root; errors are those of AsOfSize.
absl::StatusOr<ProjectionHead> HeadAsOf(const EventLog& log, const v1::ReadOptions& options);

}  // namespace bansos

#endif  // GRPC_AS_OF_HEAD_H_
