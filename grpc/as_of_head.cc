#include "grpc/as_of_head.h"

#include <optional>

#include "grpc/as_of_position.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/log_proofs.h"

namespace bansos {

absl::StatusOr<Hash> RootAt(const ServiceParts& parts, uint64_t size) {
  const LogHead head = parts.log.Head();
  if (size == head.size) return head.root;
  if (size == 0) return Sha256("");  // RFC 6962: of no leaves.
  ASSIGN_OR_RETURN(const ConsistencyProof proof, parts.proofs.Consistency(size, head.size));
  return proof.old_root;
}

absl::StatusOr<ProjectionHead> HeadAsOf(const EventLog& log, const v1::ReadOptions& options) {
  ASSIGN_OR_RETURN(const std::optional<uint64_t> size, AsOfSize(log, options));
  if (size.has_value()) return HeadAt(log, *size);
  const LogHead head = log.Head();
  return ProjectionHead{head.size, head.last_time_us};
}

}  // namespace bansos
