#include "ledger/log/log_tiles.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/entry_reader.h"
#include "ledger/log/log_format.h"

namespace bansos {
namespace {

// Hashes of `level` in a tree of `size` leaves.
uint64_t HashesOf(uint64_t size, uint32_t level) { return size >> (kTileHeight * level); }

// Hashes of tile `index` when its level has `hashes`.
uint64_t WidthOf(uint64_t hashes, uint64_t index) {
  return std::min(kBundleWidth, hashes - index * kBundleWidth);
}

absl::Status CheckTileExists(const LogHead& head, uint64_t size, uint32_t level, uint64_t index) {
  if (size > head.size) {
    return absl::OutOfRangeError(absl::StrCat("size ", size, " is above the log's, which is ",
                                              head.size, ": ask for a checkpoint first"));
  }
  const uint64_t hashes = level < kTileLevels ? HashesOf(size, level) : 0;
  const uint64_t tiles = hashes / kBundleWidth + (hashes % kBundleWidth > 0 ? 1 : 0);
  if (index < tiles) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat("the tree of size ", size, " has ", tiles,
                                            " tiles at level ", level, ", none with index ",
                                            index));
}

Hash RootOf(const std::vector<Hash>& hashes) {
  RightEdge edge;
  for (const Hash& hash : hashes) edge.Append(hash);
  return edge.Root();
}

// A bundle as the log holds it now.
struct LoadedBundle {
  std::string bytes;         // of the entries that were asked for
  std::vector<Hash> leaves;  // of all its entries
};

absl::StatusOr<LoadedBundle> LoadBundle(const LogDatabase& database, uint64_t first, uint64_t width,
                                        uint64_t stored_width) {
  LoadedBundle loaded;
  loaded.leaves.reserve(stored_width);
  RETURN_IF_ERROR(EntryReader(database).Forward(first, first + stored_width,
                                                [&](Position position, std::string_view entry) {
                                                  if (position.value() < first + width)
                                                    AppendToBundle(entry, loaded.bytes);
                                                  loaded.leaves.push_back(LeafHash(entry));
                                                  return true;
                                                }));
  return loaded;
}

}  // namespace

absl::Status LogTiles::CheckTile(const LogHead& head, uint32_t level, uint64_t index,
                                 const std::vector<Hash>& hashes) const {
  const int height = kTileHeight * static_cast<int>(level + 1);
  if (hashes.size() == kBundleWidth) {
    ASSIGN_OR_RETURN(const std::vector<Hash> above, tree_.HashesAt(level + 1, index, 1));
    if (RootOf(hashes) == above[0]) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("tile ", index, " of level ", level,
                                            " does not have the hash that is stored for it: an "
                                            "entry from position ",
                                            index << height, " to ", ((index + 1) << height) - 1,
                                            " or a hash above them is damaged"));
  }
  ASSIGN_OR_RETURN(const RightEdge edge, tree_.EdgeAt(head.size));
  if (edge.Root() == head.root) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the tree rebuilt at size ", head.size,
                                          " does not have the log's root: an entry from position ",
                                          head.size - head.size % kBundleWidth,
                                          " on or a hash is damaged"));
}

absl::StatusOr<std::vector<std::string>> LogTiles::Tiles(uint64_t size, uint32_t level,
                                                         uint64_t first, size_t limit) const {
  const LogHead head = log_->Head();
  RETURN_IF_ERROR(CheckTileExists(head, size, level, first));
  const uint64_t hashes = HashesOf(size, level);
  std::vector<std::string> tiles;
  for (uint64_t index = first; tiles.size() < limit && index * kBundleWidth < hashes; ++index) {
    const uint64_t stored_width = WidthOf(HashesOf(head.size, level), index);
    ASSIGN_OR_RETURN(const std::vector<Hash> tile,
                     tree_.HashesAt(static_cast<int>(level), index * kBundleWidth, stored_width));
    RETURN_IF_ERROR(CheckTile(head, level, index, tile));
    std::string& bytes = tiles.emplace_back();
    for (uint64_t i = 0; i < WidthOf(hashes, index); ++i) bytes.append(AsBytes(tile[i]));
  }
  return tiles;
}

absl::StatusOr<std::vector<std::string>> LogTiles::Bundles(uint64_t size, uint64_t first,
                                                           size_t limit, size_t max_bytes) const {
  const LogHead head = log_->Head();
  RETURN_IF_ERROR(CheckTileExists(head, size, /*level=*/0, first));
  std::vector<std::string> bundles;
  size_t bytes = 0;
  for (uint64_t index = first; bundles.size() < limit && index * kBundleWidth < size; ++index) {
    ASSIGN_OR_RETURN(LoadedBundle bundle,
                     LoadBundle(log_->database(), index * kBundleWidth, WidthOf(size, index),
                                WidthOf(head.size, index)));
    RETURN_IF_ERROR(CheckTile(head, /*level=*/0, index, bundle.leaves));
    bytes += bundle.bytes.size();
    if (bytes > max_bytes && !bundles.empty()) break;
    bundles.push_back(std::move(bundle.bytes));
  }
  return bundles;
}

}  // namespace bansos
