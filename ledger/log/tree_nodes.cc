#include "ledger/log/tree_nodes.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/log_format.h"

namespace bansos {
namespace {

// REQUIRES: a power of two many.
Hash Fold(absl::Span<const Hash> hashes) {
  RightEdge edge;
  for (const Hash& hash : hashes) edge.Append(hash);
  return edge.Root();
}

}  // namespace

absl::StatusOr<Hash> TreeNodes::RootOf(LeafRange range) {
  CHECK(range.begin < range.end && range.end <= edge_.size()) << range.begin << " " << range.end;
  const uint64_t length = range.end - range.begin;
  std::vector<Hash> subtrees;
  for (int height = std::bit_width(length) - 1; height >= 0; --height) {
    const uint64_t leaves = uint64_t{1} << height;
    if ((length & leaves) == 0) continue;
    ASSIGN_OR_RETURN(const Hash hash, PerfectRoot(height, range.begin >> height));
    subtrees.push_back(hash);
    range.begin += leaves;
  }
  return RightEdge(length, subtrees).Root();
}

absl::StatusOr<std::vector<Hash>> TreeNodes::RootsOf(absl::Span<const LeafRange> ranges) {
  std::vector<Hash> roots;
  roots.reserve(ranges.size());
  for (const LeafRange& range : ranges) {
    ASSIGN_OR_RETURN(const Hash root, RootOf(range));
    roots.push_back(root);
  }
  return roots;
}

absl::StatusOr<Hash> TreeNodes::PerfectRoot(int height, uint64_t index) {
  // Each set bit of the size has one subtree in the edge, the largest first.
  const uint64_t subtrees = edge_.size() >> height;  // of this height
  if (subtrees % 2 == 1 && index == subtrees - 1) {
    return edge_.subtrees()[std::popcount(subtrees) - 1];
  }
  CHECK(height >= 0 && index < subtrees) << "height " << height << " index " << index;
  const int level = height / kTileHeight;
  const int height_in_tile = height % kTileHeight;
  const uint64_t first = index << height_in_tile;  // hash of `level`
  ASSIGN_OR_RETURN(const Tile* tile, TileOf(level, first / kBundleWidth));
  return Fold(
      absl::MakeConstSpan(tile->hashes).subspan(first % kBundleWidth, size_t{1} << height_in_tile));
}

absl::StatusOr<const TreeNodes::Tile*> TreeNodes::TileOf(int level, uint64_t index) {
  for (const Tile& tile : tiles_) {
    if (tile.level == level && tile.index == index) return &tile;
  }
  const uint64_t first = index * kBundleWidth;
  CHECK(first < edge_.size() >> (kTileHeight * level)) << "level " << level << " tile " << index;
  const uint64_t width = std::min(kBundleWidth, (edge_.size() >> (kTileHeight * level)) - first);
  ASSIGN_OR_RETURN(std::vector<Hash> hashes, tree_.HashesAt(level, first, width));
  tiles_.push_back({level, index, std::move(hashes)});
  return &tiles_.back();
}

std::string TreeNodes::WhereDamaged() const {
  for (const Tile& tile : tiles_) {
    if (tile.hashes.size() < kBundleWidth) continue;
    const auto above = tree_.HashesAt(tile.level + 1, tile.index, 1);
    if (above.ok() && above->front() == Fold(tile.hashes)) continue;
    const int height = kTileHeight * (tile.level + 1);
    return absl::StrCat("an entry from position ", tile.index << height, " to ",
                        ((tile.index + 1) << height) - 1, " or a stored hash above them");
  }
  return absl::StrCat("an entry of the last bundle before position ", edge_.size(),
                      " or a stored hash of the edge");
}

}  // namespace bansos
