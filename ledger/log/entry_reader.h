// EntryReader: walks the stored fragments in either direction and hands out their entries.
//
// Contract: positions come without gap or repetition, or the walk stops with DATA_LOSS that names
// the position where the stored fragments do not go on; no entry of a damaged fragment is handed
// out. Threads: any. Borrows the database, which outlives it.
#ifndef LEDGER_LOG_ENTRY_READER_H_
#define LEDGER_LOG_ENTRY_READER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/log/event_log.h"
#include "ledger/log/log_database.h"

namespace bansos {

class EntryReader {
 public:
  explicit EntryReader(const LogDatabase& database) : database_(&database) {}

  // Visits [from, to). REQUIRES: the database holds all of it.
  absl::Status Forward(uint64_t from, uint64_t to, EntryVisitor visit) const;

  // Visits from, from - 1, ... 0. REQUIRES: the database holds `from`.
  absl::Status Backward(uint64_t from, EntryVisitor visit) const;

  // Where the last stored fragment ends: the number of entries if nothing is missing before it.
  absl::StatusOr<uint64_t> End() const;

 private:
  const LogDatabase* database_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_ENTRY_READER_H_
