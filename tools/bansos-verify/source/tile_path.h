// Paths of C2SP tlog-tiles: "tile/0/x001/x234/067", "tile/entries/000.p/5". Pure functions,
// thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_SOURCE_TILE_PATH_H_
#define TOOLS_BANSOS_VERIFY_SOURCE_TILE_PATH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {

inline constexpr int kMaxTilePathLevel = 63;

struct TileName {
  std::optional<int> level = 0;  // nullopt: an entry bundle
  uint64_t index = 0;
  uint64_t width = kTileWidth;  // below 256: the partial form

  bool is_partial() const { return width < kTileWidth; }
  bool operator==(const TileName&) const = default;
};

std::string TilePath(const TileName& name);
// nullopt unless `path` is exactly the path of a tile or bundle.
std::optional<TileName> ParseTilePath(std::string_view path);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_SOURCE_TILE_PATH_H_
