// The Merkle tree of RFC 6962 in C2SP tiles of 256 hashes: roots, edges, and the builder that makes
// every tile of a log out of its leaf hashes. The edge of a tree is the roots of the perfect
// subtrees that it is made of, from left (the largest) to right. Not thread-safe where it changes.
#ifndef TOOLS_BANSOS_VERIFY_TREE_MERKLE_H_
#define TOOLS_BANSOS_VERIFY_TREE_MERKLE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {

inline constexpr uint64_t kTileWidth = 256;
// Levels 0 to 7 cover every 64-bit size.
inline constexpr int kTileLevels = 8;

// Hashes of one level: how many level-`level` hashes a tree of `size` leaves has.
uint64_t HashesAtLevel(uint64_t size, int level);

// Root of a perfect subtree. REQUIRES: 1 to 256 hashes, a power of two.
Hash PerfectRoot(std::span<const Hash> hashes);
// Appends the perfect subtrees of up to 256 hashes, taken as leaves.
void AppendSubtrees(std::span<const Hash> hashes, std::vector<Hash>& edge);
// Root of the tree with this edge; an empty edge is the empty tree.
Hash RootOfEdge(std::span<const Hash> edge);

// A tile of a tree: full, or the last of its level.
struct Tile {
  int level = 0;
  uint64_t index = 0;
  std::span<const Hash> hashes;
  std::optional<Hash> root = std::nullopt;  // when full: the level + 1 hash number `index`
};

class TreeBuilder {
 public:
  using Sink = std::function<absl::Status(const Tile&)>;

  // Every tile goes to `sink` once, each level in order: full ones when they fill, others in
  // Finish.
  explicit TreeBuilder(Sink sink) : sink_(std::move(sink)) {}

  // The leaf hashes of the next bundle, and their root when there are 256 of them; fewer only in
  // the last bundle.
  absl::Status AddBundle(std::span<const Hash> leaves, const std::optional<Hash>& root);
  absl::Status Finish();

  // Of the tree that has the full bundles added so far and then these leaves.
  std::vector<Hash> EdgeWith(std::span<const Hash> leaves) const;
  // Of everything added.
  std::vector<Hash> Edge() const { return EdgeWith(unfinished_[0]); }

 private:
  absl::Status Push(int level, const Hash& hash);

  Sink sink_;
  // The hashes of each level that do not fill a tile yet; and the number of full tiles before.
  std::array<std::vector<Hash>, kTileLevels> unfinished_;
  std::array<uint64_t, kTileLevels> full_tiles_{};
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_TREE_MERKLE_H_
