// The Merkle tree of RFC 6962 word by word, recursive and slow, with a SHA-256 of its own: what the
// verifier is compared with. Hashes are strings of 32 bytes. Pure functions.
#ifndef TESTS_TOOLS_VERIFY_NAIVE_TREE_H_
#define TESTS_TOOLS_VERIFY_NAIVE_TREE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bansos::testing {

std::string NaiveSha256(const std::string& bytes);
std::string NaiveLeaf(const std::string& entry);
// MTH
std::string NaiveRoot(std::span<const std::string> entries);
// PATH
std::vector<std::string> NaiveInclusion(uint64_t index, std::span<const std::string> entries);
// PROOF; 0 < old_size < entries.size()
std::vector<std::string> NaiveConsistency(uint64_t old_size, std::span<const std::string> entries);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_NAIVE_TREE_H_
