// Where C2SP tlog-tiles puts the files of a tree: which tiles and entry bundles a tree of a size
// has, and their paths. Pure functions, thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_TILE_LAYOUT_H_
#define TOOLS_BANSOSCTL_EXPORT_TILE_LAYOUT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace bansos {

// Hashes of a full tile, entries of a full bundle.
inline constexpr uint32_t kTileWidth = 256;

// The tiles of one level, or the bundles: `full` of kTileWidth, then one of `partial` unless 0.
struct TileRow {
  uint32_t level = 0;
  uint64_t full = 0;
  uint32_t partial = 0;

  uint64_t count() const { return full + (partial > 0 ? 1 : 0); }
  // REQUIRES: index < count().
  uint32_t width(uint64_t index) const { return index < full ? kTileWidth : partial; }
};

// The levels of a tree of `size` leaves from 0 up; none when it is empty. The bundles are as many
// and as wide as the tiles of level 0.
std::vector<TileRow> TileRows(uint64_t size);

// "tile/0/x001/234", with ".p/41" behind it when it is not full.
std::string TilePath(uint32_t level, uint64_t index, uint32_t width);
// "tile/entries/x001/234".
std::string BundlePath(uint64_t index, uint32_t width);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_TILE_LAYOUT_H_
