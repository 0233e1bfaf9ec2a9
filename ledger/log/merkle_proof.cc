#include "ledger/log/merkle_proof.h"

#include <algorithm>
#include <bit>

#include "ledger/base/check.h"
#include "ledger/log/merkle.h"

namespace bansos {
namespace {

// Where RFC 6962 splits a tree of `size` leaves: the largest power of two below. REQUIRES: size >
// 1.
uint64_t SplitOf(uint64_t size) { return std::bit_floor(size - 1); }

// A walk from a leaf up to the root: the index of the node and of the last node of its height.
struct Climb {
  uint64_t node;
  uint64_t last;

  // True when the sibling is on the left. Then climbs, past the heights where the node has no
  // sibling.
  bool StepFromRight() {
    if (node % 2 == 0 && node != last) return false;
    while (node % 2 == 0 && node != 0) Up();
    return true;
  }
  void Up() {
    node >>= 1;
    last >>= 1;
  }
};

}  // namespace

std::vector<LeafRange> InclusionRanges(uint64_t index, uint64_t size) {
  CHECK(index < size) << index << " of " << size;
  std::vector<LeafRange> ranges;
  LeafRange tree = {0, size};
  while (tree.end - tree.begin > 1) {
    const uint64_t middle = tree.begin + SplitOf(tree.end - tree.begin);
    if (index < middle) {
      ranges.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      ranges.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::vector<LeafRange> ConsistencyRanges(uint64_t old_size, uint64_t new_size) {
  CHECK(old_size > 0 && old_size <= new_size) << old_size << " to " << new_size;
  std::vector<LeafRange> ranges;
  LeafRange tree = {0, new_size};
  while (tree.end != old_size) {
    const uint64_t middle = tree.begin + SplitOf(tree.end - tree.begin);
    if (old_size <= middle) {
      ranges.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      ranges.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  // The verifier knows the old root when it is this very subtree.
  if (tree.begin > 0) ranges.push_back(tree);
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::optional<Hash> RootByInclusion(const Hash& leaf, uint64_t index, uint64_t size,
                                    absl::Span<const Hash> proof) {
  if (index >= size) return std::nullopt;
  Climb climb = {.node = index, .last = size - 1};
  Hash root = leaf;
  for (const Hash& sibling : proof) {
    if (climb.last == 0) return std::nullopt;
    root = climb.StepFromRight() ? NodeHash(sibling, root) : NodeHash(root, sibling);
    climb.Up();
  }
  if (climb.last != 0) return std::nullopt;
  return root;
}

bool ProvesConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                       const Hash& new_root, absl::Span<const Hash> proof) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  std::vector<Hash> nodes(proof.begin(), proof.end());
  if (std::has_single_bit(old_size)) nodes.insert(nodes.begin(), old_root);
  if (nodes.empty()) return false;
  Climb climb = {.node = old_size - 1, .last = new_size - 1};
  while (climb.node % 2 == 1) climb.Up();
  Hash old_node = nodes[0];
  Hash new_node = nodes[0];
  for (const Hash& sibling : absl::MakeConstSpan(nodes).subspan(1)) {
    if (climb.last == 0) return false;
    if (climb.StepFromRight()) {
      old_node = NodeHash(sibling, old_node);
      new_node = NodeHash(sibling, new_node);
    } else {
      new_node = NodeHash(new_node, sibling);
    }
    climb.Up();
  }
  return climb.last == 0 && old_node == old_root && new_node == new_root;
}

}  // namespace bansos
