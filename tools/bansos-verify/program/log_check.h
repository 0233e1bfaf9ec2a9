// CheckLog: the verifying run over one log: recomputes the tree from its entries, compares it with
// everything that the source stores and with every root that anybody states of it, and gives each
// entry to the check of the profile. Reads and hashes on threads of its own; everything else
// happens on the caller's.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_LOG_CHECK_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_LOG_CHECK_H_

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/rules/event_check.h"
#include "tools/bansos-verify/source/log_source.h"

namespace bansos::verify {

struct LogCheckRequest {
  // Beside those of the source, such as an older checkpoint; sizes at most that of the log.
  std::vector<StatedRoot> stated_roots;
  EventCheck* events = nullptr;  // null: the entries are opaque
  std::function<void(uint64_t entries)> on_progress = [](uint64_t) {};
};

// The root of the log; a fault with the first thing that is wrong.
absl::StatusOr<Hash> CheckLog(LogSource& source, const LogCheckRequest& request);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_LOG_CHECK_H_
