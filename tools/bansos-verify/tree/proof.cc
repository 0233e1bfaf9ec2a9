#include "tools/bansos-verify/tree/proof.h"

#include <bit>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {
namespace {

constexpr char kPlace[] = "the proof";

absl::Status CheckLengths(std::span<const std::string> proof, const std::string& one,
                          const std::string& other) {
  for (const std::string& hash : proof) {
    if (hash.size() != kHashBytes) return FaultIn(kPlace, "a hash of ", hash.size(), " bytes");
  }
  for (const std::string& hash : {one, other}) {
    if (hash.size() != kHashBytes) {
      return FaultIn(kPlace, "a root or leaf hash of ", hash.size(), " bytes");
    }
  }
  return absl::OkStatus();
}

// The two indexes of the RFC's loops: fn walks up from the leaf, sn along the right edge.
struct Walk {
  uint64_t fn;
  uint64_t sn;

  bool hash_is_left() const { return fn % 2 == 1 || fn == sn; }
  void SkipLevels() {
    while (fn % 2 == 0 && fn != 0) Up();
  }
  void Up() {
    fn >>= 1;
    sn >>= 1;
  }
};

}  // namespace

absl::Status CheckInclusion(uint64_t index, uint64_t size, const std::string& leaf_hash,
                            std::span<const std::string> proof, const std::string& root) {
  TRY(CheckLengths(proof, leaf_hash, root));
  if (index >= size) return FaultIn(kPlace, "index ", index, " is not below the size ", size);
  Walk walk{.fn = index, .sn = size - 1};
  Hash hash = HashFrom(leaf_hash);
  for (const std::string& bytes : proof) {
    if (walk.sn == 0) return FaultIn(kPlace, "it has more hashes than the tree has levels");
    const Hash sibling = HashFrom(bytes);
    if (walk.hash_is_left()) {
      hash = NodeHash(sibling, hash);
      walk.SkipLevels();
    } else {
      hash = NodeHash(hash, sibling);
    }
    walk.Up();
  }
  if (walk.sn != 0) return FaultIn(kPlace, "it has too few hashes");
  if (Bytes(hash) != root) return FaultIn(kPlace, "it leads to another root");
  return absl::OkStatus();
}

absl::Status CheckConsistency(uint64_t old_size, uint64_t new_size,
                              std::span<const std::string> proof, const std::string& old_root,
                              const std::string& new_root) {
  if (old_size == 0) return FaultIn(kPlace, "an old size of 0 proves nothing");
  if (old_size > new_size) return FaultIn(kPlace, "the old size is above the new one");
  if (old_size == new_size) {
    if (!proof.empty()) return FaultIn(kPlace, "it has hashes although the sizes are equal");
    if (old_root != new_root) return FaultIn(kPlace, "the sizes are equal and the roots are not");
    return absl::OkStatus();
  }
  TRY(CheckLengths(proof, old_root, new_root));
  Walk walk{.fn = old_size - 1, .sn = new_size - 1};
  while (walk.fn % 2 == 1) walk.Up();
  Hash old_hash;
  if (std::has_single_bit(old_size)) {  // the old root is itself the first hash
    old_hash = HashFrom(old_root);
  } else {
    if (proof.empty()) return FaultIn(kPlace, "it is empty");
    old_hash = HashFrom(proof[0]);
    proof = proof.subspan(1);
  }
  if (proof.empty()) return FaultIn(kPlace, "it has too few hashes");
  Hash new_hash = old_hash;
  for (const std::string& bytes : proof) {
    if (walk.sn == 0) return FaultIn(kPlace, "it has more hashes than the tree has levels");
    const Hash hash = HashFrom(bytes);
    if (walk.hash_is_left()) {
      old_hash = NodeHash(hash, old_hash);
      new_hash = NodeHash(hash, new_hash);
      walk.SkipLevels();
    } else {
      new_hash = NodeHash(new_hash, hash);
    }
    walk.Up();
  }
  if (walk.sn != 0) return FaultIn(kPlace, "it has too few hashes");
  if (Bytes(old_hash) != old_root) return FaultIn(kPlace, "it leads to another old root");
  if (Bytes(new_hash) != new_root) return FaultIn(kPlace, "it leads to another new root");
  return absl::OkStatus();
}

}  // namespace bansos::verify
