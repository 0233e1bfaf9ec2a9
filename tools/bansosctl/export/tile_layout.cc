#include "tools/bansosctl/export/tile_layout.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bansos {
namespace {

constexpr int kTileWidthBits = 8;

// Groups of three digits, all but the last after an "x".
std::string NumberPath(uint64_t index, uint32_t width) {
  std::string path = absl::StrFormat("%03d", index % 1000);
  for (index /= 1000; index > 0; index /= 1000) {
    path = absl::StrFormat("x%03d/%s", index % 1000, path);
  }
  if (width < kTileWidth) absl::StrAppend(&path, ".p/", width);
  return path;
}

}  // namespace

std::vector<TileRow> TileRows(uint64_t size) {
  std::vector<TileRow> rows;
  for (uint64_t hashes = size; hashes > 0; hashes >>= kTileWidthBits) {
    rows.push_back({.level = static_cast<uint32_t>(rows.size()),
                    .full = hashes >> kTileWidthBits,
                    .partial = static_cast<uint32_t>(hashes % kTileWidth)});
  }
  return rows;
}

std::string TilePath(uint32_t level, uint64_t index, uint32_t width) {
  return absl::StrCat("tile/", level, "/", NumberPath(index, width));
}

std::string BundlePath(uint64_t index, uint32_t width) {
  return absl::StrCat("tile/entries/", NumberPath(index, width));
}

}  // namespace bansos
