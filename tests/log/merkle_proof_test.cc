// Proofs of RFC 9162 against its own recursive definitions, for every tree of up to 70 leaves.
#include "ledger/log/merkle_proof.h"

#include <gtest/gtest.h>

#include "ledger/log/merkle.h"
#include "tests/log/log_reading.h"

namespace bansos {
namespace {

using ::bansos::testing::EntriesFor;
using ::bansos::testing::NaiveRoot;

constexpr uint64_t kLargest = 70;

using Leaves = absl::Span<const std::string>;

uint64_t SplitOf(uint64_t size) {
  uint64_t split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

// PATH(m, D[n]), word by word.
std::vector<Hash> NaivePath(uint64_t m, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const uint64_t k = SplitOf(leaves.size());
  std::vector<Hash> path =
      m < k ? NaivePath(m, leaves.first(k)) : NaivePath(m - k, leaves.subspan(k));
  path.push_back(m < k ? NaiveRoot(leaves.subspan(k)) : NaiveRoot(leaves.first(k)));
  return path;
}

// SUBPROOF(m, D[n], b), word by word.
std::vector<Hash> NaiveSubproof(uint64_t m, Leaves leaves, bool complete) {
  if (m == leaves.size()) return complete ? std::vector<Hash>{} : std::vector{NaiveRoot(leaves)};
  const uint64_t k = SplitOf(leaves.size());
  std::vector<Hash> proof = m <= k ? NaiveSubproof(m, leaves.first(k), complete)
                                   : NaiveSubproof(m - k, leaves.subspan(k), false);
  proof.push_back(m <= k ? NaiveRoot(leaves.subspan(k)) : NaiveRoot(leaves.first(k)));
  return proof;
}

std::vector<Hash> RootsOf(const std::vector<LeafRange>& ranges, Leaves leaves) {
  std::vector<Hash> roots;
  for (const LeafRange& range : ranges) {
    roots.push_back(NaiveRoot(leaves.subspan(range.begin, range.end - range.begin)));
  }
  return roots;
}

TEST(MerkleProofTest, InclusionOfEveryLeafInEveryTree) {
  const std::vector<std::string> entries = EntriesFor(0, kLargest);
  for (uint64_t size = 1; size <= kLargest; ++size) {
    const Leaves leaves = Leaves(entries).first(size);
    const Hash root = NaiveRoot(leaves);
    for (uint64_t index = 0; index < size; ++index) {
      const std::vector<Hash> proof = RootsOf(InclusionRanges(index, size), leaves);
      ASSERT_EQ(proof, NaivePath(index, leaves)) << index << " of " << size;
      ASSERT_EQ(RootByInclusion(LeafHash(entries[index]), index, size, proof), root);
    }
  }
}

TEST(MerkleProofTest, ConsistencyOfEveryPairOfTrees) {
  const std::vector<std::string> entries = EntriesFor(0, kLargest);
  for (uint64_t size = 1; size <= kLargest; ++size) {
    const Leaves leaves = Leaves(entries).first(size);
    for (uint64_t old_size = 1; old_size <= size; ++old_size) {
      const std::vector<Hash> proof = RootsOf(ConsistencyRanges(old_size, size), leaves);
      ASSERT_EQ(proof, NaiveSubproof(old_size, leaves, true)) << old_size << " to " << size;
      ASSERT_TRUE(ProvesConsistency(old_size, NaiveRoot(leaves.first(old_size)), size,
                                    NaiveRoot(leaves), proof));
    }
  }
}

TEST(MerkleProofTest, AnyOtherProofIsRefused) {
  const std::vector<std::string> entries = EntriesFor(0, 21);
  const Hash root = NaiveRoot(entries);
  const Hash old_root = NaiveRoot(Leaves(entries).first(13));
  const Hash leaf = LeafHash(entries[7]);
  const std::vector<Hash> inclusion = RootsOf(InclusionRanges(7, 21), entries);
  const std::vector<Hash> consistency = RootsOf(ConsistencyRanges(13, 21), entries);
  for (size_t i = 0; i < inclusion.size(); ++i) {
    std::vector<Hash> changed = inclusion;
    changed[i][5] ^= 1;
    EXPECT_NE(RootByInclusion(leaf, 7, 21, changed), root);
    EXPECT_EQ(RootByInclusion(leaf, 7, 21, absl::MakeConstSpan(inclusion).first(i)), std::nullopt);
  }
  for (size_t i = 0; i < consistency.size(); ++i) {
    std::vector<Hash> changed = consistency;
    changed[i][5] ^= 1;
    EXPECT_FALSE(ProvesConsistency(13, old_root, 21, root, changed));
    EXPECT_FALSE(
        ProvesConsistency(13, old_root, 21, root, absl::MakeConstSpan(consistency).first(i)));
  }
  std::vector<Hash> longer = consistency;
  longer.push_back(root);
  EXPECT_FALSE(ProvesConsistency(13, old_root, 21, root, longer));
  longer = inclusion;
  longer.push_back(root);
  EXPECT_EQ(RootByInclusion(leaf, 7, 21, longer), std::nullopt);
  EXPECT_EQ(RootByInclusion(leaf, 21, 21, inclusion), std::nullopt);
  EXPECT_FALSE(ProvesConsistency(0, Sha256(""), 0, Sha256(""), {}));
  EXPECT_FALSE(ProvesConsistency(0, Sha256(""), 21, root, {}));
  EXPECT_FALSE(ProvesConsistency(21, root, 13, old_root, consistency));
  EXPECT_FALSE(ProvesConsistency(21, root, 21, old_root, {}));
  EXPECT_FALSE(ProvesConsistency(13, old_root, 21, root, {}));
}

}  // namespace
}  // namespace bansos
