// The trial balance: debit and credit of every account after the first `size` events, from the log
// itself and not from a view. An account is a programme and a bucket; "outside" is where
// appropriations come from. Debits equal credits (invariant 3).
//
// TrialBalances keeps where the last scan ended, so that the next one reads only what came since:
// the log never changes, and what was read then is what would be read now. Thread-safe.
#ifndef PROJECTIONS_TRIAL_BALANCE_H_
#define PROJECTIONS_TRIAL_BALANCE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "ledger/domain/values.h"
#include "ledger/log/event_log.h"
#include "projections/keep_scanning.h"

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
  // Movements and appropriations by programme code.
  std::map<std::string, uint64_t> movements = {};
};

// Reads the log from 0 to `size` (cut to the log's). DATA_LOSS when an entry cannot be read.
absl::StatusOr<TrialBalance> ScanTrialBalance(const EventLog& log, uint64_t size,
                                              KeepScanning keep_scanning);

class Journal;

class TrialBalances {
 public:
  TrialBalances();
  ~TrialBalances();

  // The same as ScanTrialBalance; events of an earlier scan count as looked at. Blocks on the log,
  // in slices.
  absl::StatusOr<TrialBalance> At(const EventLog& log, uint64_t size, KeepScanning keep_scanning);

 private:
  absl::Mutex mutex_;
  std::shared_ptr<const Journal> newest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // PROJECTIONS_TRIAL_BALANCE_H_
