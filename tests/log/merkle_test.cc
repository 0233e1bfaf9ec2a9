#include "ledger/log/merkle.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>

#include "ledger/base/hex.h"
#include "tests/log/log_reading.h"

namespace bansos {
namespace {

std::string Hex(const Hash& hash) { return HexEncode(AsBytes(hash)); }

std::string RootOf(const std::vector<std::string>& entries) {
  RightEdge edge;
  for (const std::string& entry : entries) edge.Append(LeafHash(entry));
  return Hex(edge.Root());
}

TEST(MerkleTest, PublishedConstants) {
  EXPECT_EQ(Hex(RightEdge().Root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(LeafHash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(RootOf({"", std::string(1, '\0')}),
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

// The file is not part of this repository: it lies beside it, or where BANSOS_SHARED says. Of its
// JSON only hexadecimal strings matter, in the order of the keys read here.
std::string SmallTrees() {
  const char* shared = std::getenv("BANSOS_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared)
                        : std::filesystem::path(BANSOS_SOURCE_DIR) / ".." / "shared";
  std::ifstream file(root / "vectors" / "rfc6962-small-trees.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> HexStringsAfter(const std::string& json, const std::string& key) {
  const size_t begin = json.find("\"" + key + "\"");
  if (begin == std::string::npos) return {};
  const size_t from = json.find('[', begin);
  const std::string list = json.substr(from, json.find(']', from) - from);
  const std::regex quoted("\"([0-9a-f]*)\"");
  std::vector<std::string> found;
  for (std::sregex_iterator it(list.begin(), list.end(), quoted), end; it != end; ++it) {
    found.push_back((*it)[1]);
  }
  return found;
}

TEST(MerkleTest, SmallTreesOfRfc6962) {
  const std::string json = SmallTrees();
  if (json.empty()) GTEST_SKIP() << "no rfc6962-small-trees.json beside the sources: not checked";
  const std::vector<std::string> leaves = HexStringsAfter(json, "leaf_inputs_hex");
  const std::vector<std::string> roots = HexStringsAfter(json, "root_by_size_hex");
  ASSERT_EQ(leaves.size(), 8);
  ASSERT_EQ(roots.size(), 9);
  std::vector<std::string> entries;
  for (size_t size = 0;; ++size) {
    EXPECT_EQ(RootOf(entries), roots[size]) << size;
    if (size == leaves.size()) break;
    entries.push_back(HexDecode(leaves[size]).value());
  }
}

TEST(MerkleTest, RootIsTheNaiveRootAtEverySize) {
  RightEdge edge;
  for (uint64_t size = 0; size <= 600; ++size) {
    ASSERT_EQ(edge.size(), size);
    ASSERT_EQ(edge.Root(), testing::NaiveRoot(testing::EntriesFor(0, size))) << size;
    edge.Append(LeafHash(testing::EntryFor(size)));
  }
}

TEST(MerkleTest, EdgeCanBeTakenUpAgain) {
  RightEdge edge;
  for (uint64_t size = 0; size < 300; ++size) {
    const RightEdge again(edge.size(), edge.subtrees());
    ASSERT_EQ(again.Root(), edge.Root());
    edge.Append(LeafHash(testing::EntryFor(size)));
  }
}

TEST(MerkleTest, EveryFilledSubtreeIsToldOnce) {
  std::map<std::pair<int, uint64_t>, Hash> told;
  RightEdge edge;
  for (uint64_t i = 0; i < 300; ++i) {
    edge.Append(LeafHash(testing::EntryFor(i)), [&](int height, uint64_t index, const Hash& hash) {
      EXPECT_TRUE(told.emplace(std::pair(height, index), hash).second);
    });
  }
  size_t expected = 0;
  for (int height = 1; height <= 8; ++height) expected += 300 >> height;
  EXPECT_EQ(told.size(), expected);
  for (const auto& [node, hash] : told) {
    const auto [height, index] = node;
    EXPECT_EQ(hash, testing::NaiveRoot(testing::EntriesFor(index << height, 1ull << height)));
  }
}

}  // namespace
}  // namespace bansos
