// The one place where absl::Status becomes a gRPC status. Refusals and retry hints travel inside
// the absl::Status as a payload and reach the caller as a StatusDetail in the trailing metadata
// entry "grpc-status-details-bin". Stateless, any thread. No message holds personal data (invariant
// 8).
#ifndef GRPC_STATUS_MAPPING_H_
#define GRPC_STATUS_MAPPING_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "bansos/v1/common.pb.h"
#include "grpcpp/support/status.h"

namespace bansos {

// `status` with these refusals for the caller, cut to what the metadata can hold.
absl::Status WithRefusals(absl::Status status, const std::vector<v1::Refusal>& refusals);

// RESOURCE_EXHAUSTED with a RetryHint: nothing was recorded, the same call may succeed later.
absl::Status BusyError(const char* what);

// `status` with a RetryHint.
absl::Status WithRetryHint(absl::Status status, uint32_t delay_ms);

// Code, message and details as the caller sees them.
v1::StatusDetail DetailOf(const absl::Status& status);

grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace bansos

#endif  // GRPC_STATUS_MAPPING_H_
