// Checks of inclusion and consistency proofs, by the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2
// and two rules more: a hash that is not 32 bytes is refused, and so is an older tree of size 0.
// Hashes come as bytes because they come from outside. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_TREE_PROOF_H_
#define TOOLS_BANSOS_VERIFY_TREE_PROOF_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/status.h"

namespace bansos::verify {

// The leaf is number `index` of the tree of `size` leaves with this root. DATA_LOSS with the reason
// when the proof does not show it.
absl::Status CheckInclusion(uint64_t index, uint64_t size, const std::string& leaf_hash,
                            std::span<const std::string> proof, const std::string& root);

// The tree of size `old_size` is the beginning of that of `new_size`.
absl::Status CheckConsistency(uint64_t old_size, uint64_t new_size,
                              std::span<const std::string> proof, const std::string& old_root,
                              const std::string& new_root);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_TREE_PROOF_H_
