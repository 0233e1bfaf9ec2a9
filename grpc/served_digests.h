// Digests of the views that queries are answered from, for GetStatus and Replay. Thread-safe.
#ifndef GRPC_SERVED_DIGESTS_H_
#define GRPC_SERVED_DIGESTS_H_

#include <cstdint>

#include "bansos/v1/common.pb.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"
#include "projections/digest_board.h"

namespace bansos {

// Gives the newest digests that the projector made, at `size` or beyond if the log leaves time for
// that (Projector::CallAtDigests). Comes on this thread, or in the caller's lane once they are
// there; not at all when the call ends before. UNAVAILABLE when there are none, RESOURCE_EXHAUSTED
// when too many wait.
void AskNewestDigests(const ServiceParts& parts, uint64_t size, const Caller& caller,
                      Answer<ViewDigests> answer);

// Gives the digests of the views as of `options`, built for it, which takes as long as writing
// those views: for the lane of scans. Errors are those of AsOfSize, or say that too many wait.
// REQUIRES: as_of is stated.
void AskDigestsAsOf(const ServiceParts& parts, const v1::ReadOptions& options, const Caller& caller,
                    Answer<ViewDigests> answer);

}  // namespace bansos

#endif  // GRPC_SERVED_DIGESTS_H_
