// TreeRows: the family `tree` of a stored log, compared row by row with the recomputed tree: the
// row (level, index) holds the root of full tile `index` of the level below, and there is no other
// row. One thread.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_TREE_ROWS_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_TREE_ROWS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "rocksdb/iterator.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {

class TreeRows {
 public:
  using NewIterator = std::function<std::unique_ptr<rocksdb::Iterator>()>;
  explicit TreeRows(const NewIterator& new_iterator);

  // Each level's tiles in order; those that are not full have no row.
  absl::Status Check(const Tile& tile);
  // After all tiles.
  absl::Status CheckEnd();

  uint64_t compared() const { return compared_; }

 private:
  // One cursor a level, because the levels grow at once; [0] stands before all rows.
  std::array<std::unique_ptr<rocksdb::Iterator>, kTileLevels> rows_;
  uint64_t compared_ = 0;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_TREE_ROWS_H_
