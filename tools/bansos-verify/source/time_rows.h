// TimeRows: the family `times` of a stored log, (recorded time, first position recorded at it),
// rising in both. Either every row is compared with the recorded times in the entries, or, when the
// entries are opaque, only its shape is checked. One thread.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_TIME_ROWS_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_TIME_ROWS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/iterator.h"

namespace bansos::verify {

// The recorded time of an event of ours: its first field. 0 when it has none, which no event may.
uint64_t RecordedTimeUs(std::string_view entry);

class TimeRows {
 public:
  explicit TimeRows(std::unique_ptr<rocksdb::Iterator> rows);

  // Every entry in order, then CheckEnd.
  absl::Status Check(uint64_t position, uint64_t time_us);
  absl::Status CheckEnd(uint64_t last_time_us);

  // Instead of the two: what can be said without the entries.
  absl::Status CheckShape(uint64_t size, uint64_t last_time_us);

 private:
  struct Row {
    uint64_t time_us = 0;
    uint64_t position = 0;
  };
  // The row at the cursor, which moves on; nullopt at the end.
  absl::Status Take(std::optional<Row>& row);

  const std::unique_ptr<rocksdb::Iterator> rows_;
  std::optional<uint64_t> last_time_us_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_TIME_ROWS_H_
