// The RFC 6962 Merkle tree over the log: leaf and node hashes, and the right edge that lets a
// writer append and state the root with O(log n) memory.
//
//   leaf hash = SHA-256(0x00 || entry)        node hash = SHA-256(0x01 || left || right)
//   root of 0 leaves = SHA-256("")            root of n = node(root(first k), root(rest)), k the
//                                             largest power of two below n
// A node is named by (height, index): it covers the leaves [index << height, (index + 1) <<
// height). Values only: no I/O, no threads.
#ifndef LEDGER_LOG_MERKLE_H_
#define LEDGER_LOG_MERKLE_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "ledger/base/hash.h"

namespace bansos {

Hash LeafHash(std::string_view entry);
Hash NodeHash(const Hash& left, const Hash& right);

// Told of every perfect subtree that an appended leaf fills, the leaf itself (height 0) left out.
using FilledSubtree = absl::FunctionRef<void(int height, uint64_t index, const Hash& hash)>;

// The perfect subtrees that make up a tree of `size` leaves, left to right: one for each set bit of
// the size, the largest first.
class RightEdge {
 public:
  // The edge of the empty tree.
  RightEdge() = default;

  // REQUIRES: subtrees.size() is the number of set bits of `size`.
  RightEdge(uint64_t size, absl::Span<const Hash> subtrees);

  uint64_t size() const { return size_; }
  absl::Span<const Hash> subtrees() const { return {subtrees_.data(), count_}; }

  void Append(const Hash& leaf, FilledSubtree filled);
  void Append(const Hash& leaf) {
    Append(leaf, [](int, uint64_t, const Hash&) {});
  }

  Hash Root() const;

 private:
  static constexpr size_t kMaxSubtrees = 64;  // bits of a size

  uint64_t size_ = 0;
  size_t count_ = 0;
  std::array<Hash, kMaxSubtrees> subtrees_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_MERKLE_H_
