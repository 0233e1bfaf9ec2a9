#include "tests/tools/verify/small_export.h"

#include <algorithm>
#include <fstream>
#include <span>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/tools/verify/naive_tree.h"

namespace bansos::testing {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kWidth = 256;

// "000", "001.p/5"; fewer than a thousand tiles.
std::string FileName(uint64_t index, uint64_t width) {
  return absl::StrFormat("%03d", index) + (width < kWidth ? absl::StrCat(".p/", width) : "");
}

}  // namespace

void WriteFileWhole(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<std::string> SmallEntries(uint64_t size) {
  std::vector<std::string> entries;
  for (uint64_t i = 0; i < size; ++i) entries.push_back(absl::StrCat("e", i));
  return entries;
}

std::string BundleOf(const std::vector<std::string>& entries, uint64_t first, uint64_t count) {
  std::string bundle;
  for (uint64_t i = first; i < first + count; ++i) {
    bundle += static_cast<char>(entries[i].size() >> 8);
    bundle += static_cast<char>(entries[i].size());
    bundle += entries[i];
  }
  return bundle;
}

std::string TileOf(const std::vector<std::string>& entries, int level, uint64_t index,
                   uint64_t width) {
  const uint64_t leaves = uint64_t{1} << (8 * level);
  std::string tile;
  for (uint64_t i = index * kWidth; i < index * kWidth + width; ++i) {
    tile += NaiveRoot(std::span(entries).subspan(i * leaves, leaves));
  }
  return tile;
}

void WriteTiles(const fs::path& directory, const std::vector<std::string>& entries) {
  for (const int level : {0, 1}) {
    const uint64_t hashes = entries.size() >> (8 * level);
    for (uint64_t index = 0; index * kWidth < hashes; ++index) {
      const uint64_t width = std::min(kWidth, hashes - index * kWidth);
      WriteFileWhole(directory / "tile" / absl::StrCat(level) / FileName(index, width),
                     TileOf(entries, level, index, width));
      if (level > 0) continue;
      WriteFileWhole(directory / "tile/entries" / FileName(index, width),
                     BundleOf(entries, index * kWidth, width));
    }
  }
}

void WriteCheckpoint(const fs::path& directory, const std::vector<std::string>& entries,
                     const SigningKey& key) {
  WriteFileWhole(directory / "checkpoint",
                 key.Sign(CheckpointText(key.name(), entries.size(), NaiveRoot(entries))));
}

}  // namespace bansos::testing
