#include "tests/tools/verify/naive_tree.h"

#include <openssl/evp.h>

namespace bansos::testing {
namespace {

using Entries = std::span<const std::string>;

uint64_t SplitOf(uint64_t size) {
  uint64_t split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

std::string Node(const std::string& left, const std::string& right) {
  return NaiveSha256("\x01" + left + right);
}

// SUBPROOF
std::vector<std::string> Subproof(uint64_t old_size, Entries entries, bool whole) {
  if (old_size == entries.size()) {
    if (whole) return {};
    return {NaiveRoot(entries)};
  }
  const uint64_t split = SplitOf(entries.size());
  std::vector<std::string> proof;
  if (old_size <= split) {
    proof = Subproof(old_size, entries.first(split), whole);
    proof.push_back(NaiveRoot(entries.subspan(split)));
  } else {
    proof = Subproof(old_size - split, entries.subspan(split), false);
    proof.push_back(NaiveRoot(entries.first(split)));
  }
  return proof;
}

}  // namespace

std::string NaiveSha256(const std::string& bytes) {
  std::string hash(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()), nullptr,
             EVP_sha256(), nullptr);
  return hash;
}

std::string NaiveLeaf(const std::string& entry) {
  return NaiveSha256(std::string(1, '\0') + entry);
}

std::string NaiveRoot(Entries entries) {
  if (entries.empty()) return NaiveSha256("");
  if (entries.size() == 1) return NaiveLeaf(entries[0]);
  const uint64_t split = SplitOf(entries.size());
  return Node(NaiveRoot(entries.first(split)), NaiveRoot(entries.subspan(split)));
}

std::vector<std::string> NaiveInclusion(uint64_t index, Entries entries) {
  if (entries.size() == 1) return {};
  const uint64_t split = SplitOf(entries.size());
  std::vector<std::string> proof;
  if (index < split) {
    proof = NaiveInclusion(index, entries.first(split));
    proof.push_back(NaiveRoot(entries.subspan(split)));
  } else {
    proof = NaiveInclusion(index - split, entries.subspan(split));
    proof.push_back(NaiveRoot(entries.first(split)));
  }
  return proof;
}

std::vector<std::string> NaiveConsistency(uint64_t old_size, Entries entries) {
  return Subproof(old_size, entries, true);
}

}  // namespace bansos::testing
