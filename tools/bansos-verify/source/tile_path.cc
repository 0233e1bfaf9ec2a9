#include "tools/bansos-verify/source/tile_path.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace bansos::verify {
namespace {

constexpr uint64_t kGroup = 1000;  // three digits a path element
constexpr char kEntries[] = "entries";
constexpr char kPartial[] = ".p";

std::string IndexPath(uint64_t index) {
  std::string path = absl::StrFormat("%03d", index % kGroup);
  for (index /= kGroup; index > 0; index /= kGroup) {
    path.insert(0, absl::StrFormat("x%03d/", index % kGroup));
  }
  return path;
}

// What the digits of the groups say, however they are written.
std::optional<uint64_t> IndexOf(const std::vector<std::string>& groups) {
  std::string digits;
  for (const std::string& group : groups) {
    digits += group.starts_with('x') ? group.substr(1) : group;
  }
  uint64_t index = 0;
  if (digits.empty() || !absl::SimpleAtoi(digits, &index)) return std::nullopt;
  return index;
}

}  // namespace

std::string TilePath(const TileName& name) {
  return absl::StrCat("tile/", name.level ? absl::StrCat(*name.level) : kEntries, "/",
                      IndexPath(name.index),
                      name.is_partial() ? absl::StrCat(kPartial, "/", name.width) : "");
}

std::optional<TileName> ParseTilePath(std::string_view path) {
  std::vector<std::string> parts = absl::StrSplit(std::string(path), '/');
  if (parts.size() < 3 || parts[0] != "tile") return std::nullopt;
  TileName name;
  if (parts[1] == kEntries) {
    name.level = std::nullopt;
  } else if (int level = 0; absl::SimpleAtoi(parts[1], &level) && level <= kMaxTilePathLevel) {
    name.level = level;
  } else {
    return std::nullopt;
  }
  std::vector<std::string> groups(parts.begin() + 2, parts.end());
  if (groups.size() > 1 && groups[groups.size() - 2].ends_with(kPartial)) {
    if (!absl::SimpleAtoi(groups.back(), &name.width)) return std::nullopt;
    if (name.width == 0 || !name.is_partial()) return std::nullopt;
    groups.pop_back();
    groups.back().resize(groups.back().size() - (sizeof(kPartial) - 1));
  }
  const auto index = IndexOf(groups);
  if (!index) return std::nullopt;
  name.index = *index;
  if (TilePath(name) != path) return std::nullopt;  // the one way to write it
  return name;
}

}  // namespace bansos::verify
