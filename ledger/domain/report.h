// Aggregate: what the bank reports. ResultFileReceived, TransferSettled, TransferReturned,
// ReportHeld, ReportResolved. Reports of outside facts are never refused (rule 9): one that fits no
// rule is held.
#ifndef LEDGER_DOMAIN_REPORT_H_
#define LEDGER_DOMAIN_REPORT_H_

#include <variant>

#include "absl/status/status.h"
#include "ledger/domain/context.h"

namespace bansos {

absl::Status Evolve(const EvolveContext& context, const ResultFileReceived& event);
absl::Status Evolve(const EvolveContext& context, const TransferSettled& event);
absl::Status Evolve(const EvolveContext& context, const TransferReturned& event);
absl::Status Evolve(const EvolveContext& context, const ReportHeld& event);
absl::Status Evolve(const EvolveContext& context, const ReportResolved& event);

Check Decide(const DecideContext& context, ResultFileReceived& event);
// Only the settlement that cites a held report is a command; others come from reports.
Check Decide(const DecideContext& context, TransferSettled& event);
Check Decide(const DecideContext& context, ReportResolved& event);

// Refuses only a source that does not exist.
Check CheckSource(const State& state, const Source& source);

// Refuses a report whose recipient was registered, decreed and instructed between its sealing and
// its decision: it is sealed for nobody's key. It is recorded when it is sent again.
Check CheckSealedForItsKey(const State& state, const ReportTransfer& report);

// What becomes of a report (docs/RULES.md). REQUIRES: CheckSource passed.
EventBody DecideReport(const State& state, const ReportTransfer& report);

// Position of the event that the source has already, if any.
std::optional<Position> RecordedFrom(const State& state, const Source& source);

}  // namespace bansos

#endif  // LEDGER_DOMAIN_REPORT_H_
