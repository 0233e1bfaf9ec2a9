#include "tools/bansosctl/export/tile_layout.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "absl/strings/numbers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bansos::testing {
namespace {

using ::testing::IsEmpty;

// The file is not part of this repository: it lies beside it, or where BANSOS_SHARED says.
std::string TilePathVectors() {
  const char* shared = std::getenv("BANSOS_SHARED");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path("..") / "shared";
  std::ifstream file(root / "vectors" / "tile-paths.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

uint64_t Number(const std::ssub_match& match, uint64_t otherwise) {
  uint64_t value = otherwise;
  if (!match.matched) return otherwise;
  EXPECT_TRUE(absl::SimpleAtoi(match.str(), &value)) << match.str();
  return value;
}

TEST(TileLayoutTest, PublishedPaths) {
  const std::string json = TilePathVectors();
  if (json.empty()) GTEST_SKIP() << "no tile-paths.json beside the sources: not checked";
  // "L15 n=123456789 w=41" or "n=0 w=255", then the path.
  const std::regex vector("\"(?:L(\\d+) )?n=(\\d+)(?: w=(\\d+))?(?: full)?\",\\s*\"([^\"]+)\"");
  int checked = 0;
  for (std::sregex_iterator it(json.begin(), json.end(), vector), end; it != end; ++it) {
    const uint64_t index = Number((*it)[2], 0);
    const auto width = static_cast<uint32_t>(Number((*it)[3], kTileWidth));
    const std::string path =
        (*it)[1].matched ? TilePath(static_cast<uint32_t>(Number((*it)[1], 0)), index, width)
                         : BundlePath(index, width);
    EXPECT_EQ(path, (*it)[4]);
    ++checked;
  }
  EXPECT_EQ(checked, 12);
}

TEST(TileLayoutTest, PathsOfTheSpecification) {
  EXPECT_EQ(TilePath(0, 1234067, 8), "tile/0/x001/x234/067.p/8");
  EXPECT_EQ(TilePath(1, 0, kTileWidth), "tile/1/000");
  EXPECT_EQ(BundlePath(1000, kTileWidth), "tile/entries/x001/000");
}

TEST(TileLayoutTest, RowsOfATree) {
  EXPECT_THAT(TileRows(0), IsEmpty());
  std::vector<TileRow> rows = TileRows(256);
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].full, 1);
  EXPECT_EQ(rows[0].partial, 0);
  EXPECT_EQ(rows[1].full, 0);
  EXPECT_EQ(rows[1].partial, 1);
  rows = TileRows(70'000);
  ASSERT_EQ(rows.size(), 3);
  EXPECT_EQ(rows[0].full, 273);
  EXPECT_EQ(rows[0].partial, 112);
  EXPECT_EQ(rows[1].full, 1);
  EXPECT_EQ(rows[1].partial, 17);
  EXPECT_EQ(rows[2].full, 0);
  EXPECT_EQ(rows[2].partial, 1);
  EXPECT_EQ(TileRows(UINT64_MAX).size(), 8);
}

}  // namespace
}  // namespace bansos::testing
