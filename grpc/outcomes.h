// Outcomes: what the sequencer answered, in the dense form of the API: runs of accepted items and
// each refusal with its index. Pure.
#ifndef GRPC_OUTCOMES_H_
#define GRPC_OUTCOMES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "bansos/v1/common.pb.h"
#include "grpc/fault.h"
#include "ledger/base/ids.h"
#include "ledger/domain/values.h"

namespace bansos {

// What became of one item.
struct ItemOutcome {
  std::optional<Position> position = {};
  bool already_recorded = false;
  std::optional<Fault> fault = {};
  HoldRule would_hold = HoldRule::kUnspecified;  // of a report in a dry run
};

// REQUIRES: at most kMaxRequestItems outcomes. `log_size` is the min_position that sees them.
v1::Outcomes ToOutcomes(const std::vector<ItemOutcome>& items, uint64_t log_size);

v1::Recorded ToRecorded(const ItemOutcome& outcome);

// The error of an atomic request in which these items stand in the way. REQUIRES: one has a fault.
absl::Status AtomicError(const std::vector<ItemOutcome>& items);

}  // namespace bansos

#endif  // GRPC_OUTCOMES_H_
