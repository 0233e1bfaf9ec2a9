// ExportJournal: asks the server for every event that moves money and writes the journal of them.
// The memory it takes does not grow with the log: one page is read while another is written.
// Blocks; the sink is called on the caller's thread.
#ifndef TOOLS_BANSOSCTL_EXPORT_JOURNAL_EXPORT_H_
#define TOOLS_BANSOSCTL_EXPORT_JOURNAL_EXPORT_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/clock.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {

struct JournalSummary {
  uint64_t transactions = 0;
  uint64_t end_position = 0;  // every event before it is in the journal
};

// Up to what the connection asks as of, or the log as it is when the export begins. Errors: those
// of the calls and of the sink; DATA_LOSS when an event cannot be written down.
absl::StatusOr<JournalSummary> ExportJournal(
    Connection& connection, Clock& clock,
    const std::function<absl::Status(std::string_view)>& sink);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_JOURNAL_EXPORT_H_
