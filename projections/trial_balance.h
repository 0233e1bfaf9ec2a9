// The trial balance: debit and credit of every account after the first `size` events, from the log
// itself and not from a view. An account is a programme and a bucket; "outside" is where
// appropriations come from. Debits equal credits (invariant 3). Stateless; any thread.
#ifndef PROJECTIONS_TRIAL_BALANCE_H_
#define PROJECTIONS_TRIAL_BALANCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "ledger/domain/values.h"
#include "ledger/log/event_log.h"

namespace bansos {

struct TrialBalanceLine {
  std::string program;
  Bucket bucket = Bucket::kOutside;
  Rupiah debit = 0;   // into the bucket
  Rupiah credit = 0;  // out of it
  Rupiah balance() const { return debit - credit; }
};

struct TrialBalance {
  uint64_t size = 0;  // events read
  // By programme code, then bucket; only accounts that moved.
  std::vector<TrialBalanceLine> lines = {};
  Rupiah debit = 0;
  Rupiah credit = 0;
};

// Asked now and then during a scan; false ends it with CANCELLED.
using KeepScanning = absl::FunctionRef<bool()>;

// Reads the log from 0 to `size` (cut to the log's). DATA_LOSS when an entry cannot be read.
absl::StatusOr<TrialBalance> ScanTrialBalance(const EventLog& log, uint64_t size,
                                              KeepScanning keep_scanning);

}  // namespace bansos

#endif  // PROJECTIONS_TRIAL_BALANCE_H_
