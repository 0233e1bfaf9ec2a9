// Inclusion and consistency proofs of RFC 9162 (sections 2.1.3 and 2.1.4): which parts of the tree
// a proof consists of, and what it proves. Pure functions.
#ifndef LEDGER_LOG_MERKLE_PROOF_H_
#define LEDGER_LOG_MERKLE_PROOF_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "ledger/base/hash.h"

namespace bansos {

// The leaves [begin, end): a subtree, as RFC 6962 splits a tree. It is perfect unless it ends at
// the size of the tree.
struct LeafRange {
  uint64_t begin = 0;
  uint64_t end = 0;

  friend bool operator==(const LeafRange&, const LeafRange&) = default;
};

// The subtrees whose roots are the proof, in its order. REQUIRES: index < size.
std::vector<LeafRange> InclusionRanges(uint64_t index, uint64_t size);

// Likewise. REQUIRES: 0 < old_size <= new_size.
std::vector<LeafRange> ConsistencyRanges(uint64_t old_size, uint64_t new_size);

// The root of the tree of `size` leaves in which `leaf` stands at `index`, if `proof` has the right
// length.
std::optional<Hash> RootByInclusion(const Hash& leaf, uint64_t index, uint64_t size,
                                    absl::Span<const Hash> proof);

// True if `proof` shows that the tree with `old_root` is the beginning of the one with `new_root`.
// False for an old size of 0, which proves nothing.
bool ProvesConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                       const Hash& new_root, absl::Span<const Hash> proof);

}  // namespace bansos

#endif  // LEDGER_LOG_MERKLE_PROOF_H_
