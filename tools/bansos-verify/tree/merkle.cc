#include "tools/bansos-verify/tree/merkle.h"

#include <bit>

#include "tools/bansos-verify/finding/finding.h"

namespace bansos::verify {
namespace {

constexpr int kTileHeight = 8;

}  // namespace

uint64_t HashesAtLevel(uint64_t size, int level) { return size >> (kTileHeight * level); }

Hash PerfectRoot(std::span<const Hash> hashes) {
  std::array<Hash, kTileWidth / 2> row;
  if (hashes.size() == 1) return hashes[0];
  size_t width = hashes.size() / 2;
  for (size_t i = 0; i < width; ++i) row[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
  for (width /= 2; width > 0; width /= 2) {
    for (size_t i = 0; i < width; ++i) row[i] = NodeHash(row[2 * i], row[2 * i + 1]);
  }
  return row[0];
}

void AppendSubtrees(std::span<const Hash> hashes, std::vector<Hash>& edge) {
  while (!hashes.empty()) {
    const size_t width = std::bit_floor(hashes.size());
    edge.push_back(PerfectRoot(hashes.first(width)));
    hashes = hashes.subspan(width);
  }
}

Hash RootOfEdge(std::span<const Hash> edge) {
  if (edge.empty()) return Sha256("");
  Hash root = edge.back();
  for (size_t i = edge.size() - 1; i-- > 0;) root = NodeHash(edge[i], root);
  return root;
}

absl::Status TreeBuilder::AddBundle(std::span<const Hash> leaves, const std::optional<Hash>& root) {
  if (!root) {
    unfinished_[0].assign(leaves.begin(), leaves.end());
    return absl::OkStatus();
  }
  TRY(sink_({.level = 0, .index = full_tiles_[0]++, .hashes = leaves, .root = root}));
  return Push(1, *root);
}

absl::Status TreeBuilder::Push(int level, const Hash& hash) {
  std::vector<Hash>& hashes = unfinished_[level];
  hashes.push_back(hash);
  if (hashes.size() < kTileWidth) return absl::OkStatus();
  const Hash root = PerfectRoot(hashes);
  TRY(sink_({.level = level, .index = full_tiles_[level]++, .hashes = hashes, .root = root}));
  hashes.clear();
  return Push(level + 1, root);
}

absl::Status TreeBuilder::Finish() {
  for (int level = 0; level < kTileLevels; ++level) {
    if (unfinished_[level].empty()) continue;
    TRY(sink_({.level = level, .index = full_tiles_[level], .hashes = unfinished_[level]}));
  }
  return absl::OkStatus();
}

std::vector<Hash> TreeBuilder::EdgeWith(std::span<const Hash> leaves) const {
  std::vector<Hash> edge;
  for (int level = kTileLevels - 1; level > 0; --level) AppendSubtrees(unfinished_[level], edge);
  AppendSubtrees(leaves, edge);
  return edge;
}

}  // namespace bansos::verify
