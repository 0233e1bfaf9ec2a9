// Proofs: the 196 published vectors, every proof of small trees by a naive prover, and none that
// was changed.
#include "tools/bansos-verify/tree/proof.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "absl/strings/str_cat.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tools/bansos-verify/note/base64.h"

namespace bansos::verify {
namespace {

namespace fs = std::filesystem;
using ::bansos::testing::NaiveConsistency;
using ::bansos::testing::NaiveInclusion;
using ::bansos::testing::NaiveLeaf;
using ::bansos::testing::NaiveRoot;

constexpr int kPublishedVectors = 196;
// Trees up to this size are proved in full: over a bundle, so that every shape occurs.
constexpr uint64_t kLargestTree = 300;
// Every pair of sizes and indexes below it; above it, these steps.
constexpr uint64_t kDenseTree = 70;
constexpr uint64_t kSparseStep = 13;

std::string Decode(const std::string& text) { return DecodeBase64(text).value(); }

std::vector<std::string> ProofIn(const std::string& json) {
  std::vector<std::string> proof;
  for (const std::string& hash : testing::TextsAt(json, "proof")) proof.push_back(Decode(hash));
  return proof;
}

absl::Status CheckVector(const std::string& json) {
  const std::vector<std::string> proof = ProofIn(json);
  if (const auto index = testing::NumberAt(json, "leafIdx")) {
    return CheckInclusion(*index, testing::NumberAt(json, "treeSize").value(),
                          Decode(testing::TextAt(json, "leafHash")), proof,
                          Decode(testing::TextAt(json, "root")));
  }
  return CheckConsistency(
      testing::NumberAt(json, "size1").value(), testing::NumberAt(json, "size2").value(), proof,
      Decode(testing::TextAt(json, "root1")), Decode(testing::TextAt(json, "root2")));
}

TEST(ProofTest, PublishedVectors) {
  const fs::path directory = testing::VectorsDirectory() / "merkle";
  if (!fs::exists(directory)) GTEST_SKIP() << directory << " is not there: vectors not checked";
  int checked = 0;
  int accepted = 0;
  for (const auto& file : fs::recursive_directory_iterator(directory)) {
    if (!file.is_regular_file()) continue;
    SCOPED_TRACE(file.path().string());
    const std::string json = testing::ReadWhole(file.path());
    EXPECT_EQ(CheckVector(json).ok(), !testing::TrueAt(json, "wantErr"));
    accepted += CheckVector(json).ok();
    ++checked;
  }
  EXPECT_EQ(checked, kPublishedVectors);
  EXPECT_GE(accepted, 10);
}

std::vector<std::string> Entries(uint64_t size) {
  std::vector<std::string> entries;
  for (uint64_t i = 0; i < size; ++i) entries.push_back(absl::StrCat("entry ", i));
  return entries;
}

std::vector<uint64_t> Sizes() {
  std::vector<uint64_t> sizes;
  for (uint64_t size = 1; size <= kLargestTree; size += size < kDenseTree ? 1 : kSparseStep) {
    sizes.push_back(size);
  }
  for (const uint64_t size : {255, 256, 257, 300}) sizes.push_back(size);
  return sizes;
}

// Every way to change one hash of a proof, leave one out, or put one more.
void ExpectChangesRefused(const std::vector<std::string>& proof,
                          const std::function<bool(const std::vector<std::string>&)>& accepts) {
  for (size_t i = 0; i < proof.size(); ++i) {
    std::vector<std::string> changed = proof;
    changed[i][i % 32] ^= 1;
    EXPECT_FALSE(accepts(changed));
    changed = proof;
    changed.erase(changed.begin() + static_cast<int>(i));
    EXPECT_FALSE(accepts(changed));
    changed = proof;
    changed.insert(changed.begin() + static_cast<int>(i), proof[i]);
    EXPECT_FALSE(accepts(changed));
    changed = proof;
    changed[i].pop_back();
    EXPECT_FALSE(accepts(changed));
  }
  std::vector<std::string> longer = proof;
  longer.push_back(std::string(32, 'x'));
  EXPECT_FALSE(accepts(longer));
}

TEST(ProofTest, EveryInclusionProofOfANaiveProverAndNoneThatWasChanged) {
  const std::vector<std::string> all = Entries(kLargestTree);
  for (const uint64_t size : Sizes()) {
    const auto entries = std::span(all).first(size);
    const std::string root = NaiveRoot(entries);
    for (uint64_t index = 0; index < size; index += size < kDenseTree ? 1 : kSparseStep) {
      SCOPED_TRACE(absl::StrCat(index, " in ", size));
      const std::vector<std::string> proof = NaiveInclusion(index, entries);
      const std::string leaf = NaiveLeaf(all[index]);
      EXPECT_TRUE(CheckInclusion(index, size, leaf, proof, root).ok());
      EXPECT_FALSE(CheckInclusion(index + 1, size, leaf, proof, root).ok());
      EXPECT_FALSE(CheckInclusion(index, size, NaiveLeaf("other"), proof, root).ok());
      EXPECT_FALSE(CheckInclusion(index, size, leaf, proof, NaiveLeaf("other")).ok());
      ExpectChangesRefused(proof, [&](const std::vector<std::string>& changed) {
        return CheckInclusion(index, size, leaf, changed, root).ok();
      });
    }
  }
}

TEST(ProofTest, EveryConsistencyProofOfANaiveProverAndNoneThatWasChanged) {
  const std::vector<std::string> all = Entries(kLargestTree);
  for (const uint64_t size : Sizes()) {
    const auto entries = std::span(all).first(size);
    const std::string root = NaiveRoot(entries);
    for (uint64_t old = 1; old < size; old += size < kDenseTree ? 1 : kSparseStep) {
      SCOPED_TRACE(absl::StrCat(old, " to ", size));
      const std::vector<std::string> proof = NaiveConsistency(old, entries);
      const std::string old_root = NaiveRoot(entries.first(old));
      EXPECT_TRUE(CheckConsistency(old, size, proof, old_root, root).ok());
      EXPECT_FALSE(CheckConsistency(old, size, proof, root, root).ok());
      EXPECT_FALSE(CheckConsistency(old, size, proof, old_root, old_root).ok());
      ExpectChangesRefused(proof, [&](const std::vector<std::string>& changed) {
        return CheckConsistency(old, size, changed, old_root, root).ok();
      });
    }
    EXPECT_TRUE(CheckConsistency(size, size, {}, root, root).ok());
    EXPECT_FALSE(CheckConsistency(0, size, {}, NaiveRoot({}), root).ok());
  }
}

}  // namespace
}  // namespace bansos::verify
