// CheckpointRows: the signed checkpoints in the log's database (docs/formats/log.md, "Rows"): one a
// size, none ever changed or removed. It stores and finds them; whether one may be signed is for
// Checkpoints to say.
//
// Threads: any. Borrows the database, which outlives it.
#ifndef LEDGER_LOG_CHECKPOINT_ROWS_H_
#define LEDGER_LOG_CHECKPOINT_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/log/log_database.h"

namespace bansos {

struct CheckpointRow {
  uint64_t size = 0;
  std::string note;
};

class CheckpointRows {
 public:
  explicit CheckpointRows(const LogDatabase& database) : database_(&database) {}

  // Synced when it returns OK; else it may be stored or not. REQUIRES: none is stored at `size`.
  absl::Status Put(uint64_t size, std::string_view note) const;

  // The one of the largest size, or of the smallest size of at least `min_size`; nullopt when there
  // is none. DATA_LOSS when it cannot be read.
  absl::StatusOr<std::optional<CheckpointRow>> Newest() const;
  absl::StatusOr<std::optional<CheckpointRow>> AtLeast(uint64_t min_size) const;

 private:
  const LogDatabase* database_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINT_ROWS_H_
