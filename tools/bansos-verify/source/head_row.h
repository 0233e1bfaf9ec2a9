// The rows of the family `default` of a stored log (docs/formats/log.md, "Rows"): format, head and
// the checkpoints. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_HEAD_ROW_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_HEAD_ROW_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "rocksdb/iterator.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {

struct HeadRow {
  uint64_t size = 0;
  uint64_t last_time_us = 0;
  Hash root = Sha256("");
  std::vector<Hash> edge;
};

absl::StatusOr<HeadRow> ParseHeadRow(std::string_view row);

struct CheckpointRow {
  uint64_t size = 0;
  std::string note;
};

struct MetaRows {
  HeadRow head;                            // of the empty log, when there is none
  std::vector<CheckpointRow> checkpoints;  // by rising size
};

// All rows of the family; a fault for a row that the format does not have.
absl::StatusOr<MetaRows> ReadMetaRows(rocksdb::Iterator& rows);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_HEAD_ROW_H_
