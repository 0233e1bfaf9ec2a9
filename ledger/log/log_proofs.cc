#include "ledger/log/log_proofs.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/merkle_proof.h"
#include "ledger/log/stored_tree.h"
#include "ledger/log/tree_nodes.h"

namespace bansos {
namespace {

absl::Status CheckSize(const LogHead& head, uint64_t size) {
  if (size <= head.size) return absl::OkStatus();
  return absl::OutOfRangeError(
      absl::StrCat("size ", size, " is above the log's, which is ", head.size));
}

// Invariants 7 and 10: `root` is that of the first `size` entries, because it leads to the head.
absl::Status CheckLeadsToHead(TreeNodes& nodes, const LogHead& head, uint64_t size,
                              const Hash& root) {
  ASSIGN_OR_RETURN(const std::vector<Hash> proof,
                   nodes.RootsOf(ConsistencyRanges(size, head.size)));
  if (ProvesConsistency(size, root, head.size, head.root, proof)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the tree of size ", size,
                                          " does not lead to the log's root at size ", head.size,
                                          "; damaged is ", nodes.WhereDamaged()));
}

}  // namespace

absl::StatusOr<RightEdge> LogProofs::EdgeOf(const LogHead& head) const {
  {
    std::lock_guard lock(mutex_);
    if (edge_.size() == head.size) return edge_;
  }
  ASSIGN_OR_RETURN(const RightEdge edge, StoredTree(log_.database()).EdgeAt(head.size));
  if (edge.Root() != head.root) {
    return absl::DataLossError(absl::StrCat("the tree rebuilt at size ", head.size,
                                            " does not have the log's root: an entry from "
                                            "position ",
                                            head.size - head.size % kBundleWidth,
                                            " on or a stored hash is damaged"));
  }
  std::lock_guard lock(mutex_);
  edge_ = edge;
  return edge;
}

absl::StatusOr<InclusionProof> LogProofs::Inclusion(Position position, uint64_t size) const {
  const LogHead head = log_.Head();
  RETURN_IF_ERROR(CheckSize(head, size));
  if (position.value() >= size) {
    return absl::OutOfRangeError(
        absl::StrCat("position ", position.value(), " is not below the size ", size));
  }
  ASSIGN_OR_RETURN(const RightEdge edge, EdgeOf(head));
  TreeNodes nodes(log_.database(), edge);
  InclusionProof inclusion;
  inclusion.size = size;
  ASSIGN_OR_RETURN(inclusion.entry, log_.Read(position));
  inclusion.leaf_hash = LeafHash(inclusion.entry);
  ASSIGN_OR_RETURN(inclusion.proof, nodes.RootsOf(InclusionRanges(position.value(), size)));
  const std::optional<Hash> root =
      RootByInclusion(inclusion.leaf_hash, position.value(), size, inclusion.proof);
  CHECK(root.has_value());
  inclusion.root = *root;
  RETURN_IF_ERROR(CheckLeadsToHead(nodes, head, size, inclusion.root));
  return inclusion;
}

absl::StatusOr<ConsistencyProof> LogProofs::Consistency(uint64_t old_size,
                                                        uint64_t new_size) const {
  const LogHead head = log_.Head();
  if (old_size == 0 || old_size > new_size) {
    return absl::InvalidArgumentError(
        absl::StrCat("no proof leads from size ", old_size, " to size ", new_size,
                     ": the old size is at least 1 and at most the new one"));
  }
  RETURN_IF_ERROR(CheckSize(head, new_size));
  ASSIGN_OR_RETURN(const RightEdge edge, EdgeOf(head));
  TreeNodes nodes(log_.database(), edge);
  ConsistencyProof consistency;
  ASSIGN_OR_RETURN(consistency.proof, nodes.RootsOf(ConsistencyRanges(old_size, new_size)));
  ASSIGN_OR_RETURN(consistency.old_root, nodes.RootOf({0, old_size}));
  ASSIGN_OR_RETURN(consistency.new_root, nodes.RootOf({0, new_size}));
  if (!ProvesConsistency(old_size, consistency.old_root, new_size, consistency.new_root,
                         consistency.proof)) {
    return absl::DataLossError(absl::StrCat("the trees of sizes ", old_size, " and ", new_size,
                                            " do not fit; damaged is ", nodes.WhereDamaged()));
  }
  RETURN_IF_ERROR(CheckLeadsToHead(nodes, head, new_size, consistency.new_root));
  return consistency;
}

}  // namespace bansos
