// Trees, tiles and their paths against the published values and a naive tree.
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/tools/verify/naive_tree.h"
#include "tests/tools/verify/shared_vectors.h"
#include "tools/bansos-verify/source/tile_path.h"
#include "tools/bansos-verify/tree/bundle.h"
#include "tools/bansos-verify/tree/bundle_pipeline.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {
namespace {

using ::bansos::testing::NaiveRoot;
using TileKey = std::pair<int, uint64_t>;

// Runs entries through pipeline and builder, as the program does.
struct BuiltTree {
  explicit BuiltTree(const std::vector<std::string>& entries) {
    TreeBuilder builder([this](const Tile& tile) {
      EXPECT_TRUE(tiles
                      .emplace(TileKey(tile.level, tile.index),
                               std::vector<Hash>(tile.hashes.begin(), tile.hashes.end()))
                      .second);
      return absl::OkStatus();
    });
    BundlePipeline pipeline(
        entries.size(),
        [&](uint64_t index) {
          RawBundle raw;
          for (uint64_t i = index * kTileWidth;
               i < std::min<uint64_t>(entries.size(), (index + 1) * kTileWidth); ++i) {
            raw.bytes += static_cast<char>(entries[i].size() >> 8);
            raw.bytes += static_cast<char>(entries[i].size());
            raw.bytes += entries[i];
          }
          return raw;
        },
        2);
    while (true) {
      auto bundle = pipeline.Next();
      EXPECT_OK(bundle);
      if (*bundle == nullptr) break;
      EXPECT_OK(builder.AddBundle((*bundle)->leaves, (*bundle)->root));
    }
    EXPECT_OK(builder.Finish());
    root = RootOfEdge(builder.Edge());
  }

  std::map<TileKey, std::vector<Hash>> tiles;
  Hash root;
};

std::vector<std::string> Entries(uint64_t size) {
  std::vector<std::string> entries;
  for (uint64_t i = 0; i < size; ++i) entries.push_back(absl::StrCat(i));
  return entries;
}

TEST(TreeTest, SmallTreesOfRfc6962) {
  const std::string json =
      testing::ReadWhole(testing::VectorsDirectory() / "rfc6962-small-trees.json");
  if (json.empty()) GTEST_SKIP() << "no rfc6962-small-trees.json beside the sources: not checked";
  const auto leaves = testing::TextsAt(json, "leaf_inputs_hex");
  const auto roots = testing::TextsAt(json, "root_by_size_hex");
  ASSERT_EQ(leaves.size(), 8);
  ASSERT_EQ(roots.size(), 9);
  std::vector<std::string> entries;
  for (size_t size = 0;; ++size) {
    EXPECT_EQ(Hex(BuiltTree(entries).root), roots[size]);
    if (size == leaves.size()) break;
    entries.push_back(absl::HexStringToBytes(leaves[size]));
  }
}

TEST(TreeTest, RootAndTilesAreTheNaiveOnes) {
  const std::vector<std::string> all = Entries(66000);  // a full tile of level 1, and more
  for (const uint64_t size : {1, 2, 255, 256, 257, 511, 512, 1000, 65536, 66000}) {
    const std::vector<std::string> entries(all.begin(), all.begin() + size);
    const BuiltTree tree(entries);
    EXPECT_EQ(Bytes(tree.root), NaiveRoot(entries)) << size;
    uint64_t tiles = 0;
    for (int level = 0; level < kTileLevels; ++level) {
      tiles += (HashesAtLevel(size, level) + kTileWidth - 1) / kTileWidth;
    }
    EXPECT_EQ(tree.tiles.size(), tiles) << size;
    for (const auto& [key, hashes] : tree.tiles) {
      const uint64_t leaves = uint64_t{1} << (8 * key.first);
      const uint64_t first = (key.second * kTileWidth + hashes.size() - 1) * leaves;
      EXPECT_EQ(Bytes(hashes.back()), NaiveRoot(std::span(entries).subspan(first, leaves)));
    }
  }
}

TEST(TreeTest, BundlesAreParsedExactly) {
  const std::string bytes("\0\2ab\0\0\0\1c", 9);
  const auto entries = ParseBundle(bytes, 0, 3, "b");
  ASSERT_OK(entries);
  EXPECT_EQ(*entries, (std::vector<std::string_view>{"ab", "", "c"}));
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_FALSE(ParseBundle(bytes.substr(0, cut), 0, 3, "b").ok()) << cut;
  }
  EXPECT_FALSE(ParseBundle(bytes, 0, 2, "b").ok());
  EXPECT_FALSE(ParseBundle(bytes + '\0', 0, 3, "b").ok());
}

TEST(TreeTest, TilePaths) {
  const std::map<std::string, TileName> names = {
      {"tile/0/000", {0, 0}},
      {"tile/0/000.p/255", {0, 0, 255}},
      {"tile/15/x123/x456/789.p/41", {15, 123456789, 41}},
      {"tile/0/x001/x234/067", {0, 1234067}},
      {"tile/entries/001.p/1", {std::nullopt, 1, 1}},
      {"tile/entries/x123/x456/789", {std::nullopt, 123456789}}};
  for (const auto& [path, name] : names) {
    EXPECT_EQ(TilePath(name), path);
    EXPECT_EQ(ParseTilePath(path), name);
  }
  for (const char* bad : {"tile/0/0", "tile/64/000", "tile/00/000", "tile/0/000.p/256",
                          "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/x000/001", "tile/0/001/000",
                          "tile/0/000.p", "tile/0", "tile/x/000", "Tile/0/000", "tile/0/000/"}) {
    EXPECT_EQ(ParseTilePath(bad), std::nullopt) << bad;
  }
}

TEST(TreeTest, PublishedTilePaths) {
  const std::string json = testing::ReadWhole(testing::VectorsDirectory() / "tile-paths.json");
  if (json.empty()) GTEST_SKIP() << "no tile-paths.json beside the sources: not checked";
  int found = 0;
  for (size_t at = json.find("\"tile/"); at != json.npos; at = json.find("\"tile/", at + 1)) {
    const std::string path = json.substr(at + 1, json.find('"', at + 1) - at - 1);
    const auto name = ParseTilePath(path);
    ASSERT_TRUE(name) << path;
    EXPECT_EQ(TilePath(*name), path);
    ++found;
  }
  EXPECT_EQ(found, 12);
}

}  // namespace
}  // namespace bansos::verify
