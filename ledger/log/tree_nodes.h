// TreeNodes: any subtree root of the stored tree, for one proof. A node is folded from the stored
// hashes of the tile that it lies in; tiles are kept, because a proof takes most of its nodes from
// a few of them.
//
// Not thread-safe; lives as long as one call. Borrows the database.
#ifndef LEDGER_LOG_TREE_NODES_H_
#define LEDGER_LOG_TREE_NODES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/log/merkle_proof.h"
#include "ledger/log/stored_tree.h"

namespace bansos {

class TreeNodes {
 public:
  // `edge` is that of the whole tree; its nodes are taken from it. REQUIRES: the database holds
  // edge.size() entries; no range that is asked for ends above it.
  TreeNodes(const LogDatabase& database, const RightEdge& edge) : tree_(database), edge_(edge) {}

  // Root over the leaves of a range. REQUIRES: the range begins at a multiple of the smallest power
  // of two that is not below its length, as RFC 6962 splits.
  absl::StatusOr<Hash> RootOf(LeafRange range);
  absl::StatusOr<std::vector<Hash>> RootsOf(absl::Span<const LeafRange> ranges);

  // Says where: the positions of a full tile, among those read, that does not have the hash stored
  // above it; else that the damage is in what is above them.
  std::string WhereDamaged() const;

 private:
  struct Tile {
    int level;
    uint64_t index;
    std::vector<Hash> hashes;
  };

  absl::StatusOr<Hash> PerfectRoot(int height, uint64_t index);
  // Good until the next call.
  absl::StatusOr<const Tile*> TileOf(int level, uint64_t index);

  const StoredTree tree_;
  const RightEdge edge_;
  std::vector<Tile> tiles_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_TREE_NODES_H_
