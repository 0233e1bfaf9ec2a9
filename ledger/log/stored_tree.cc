#include "ledger/log/stored_tree.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/entry_reader.h"
#include "ledger/log/log_format.h"
#include "ledger/log/rocksdb_status.h"

namespace bansos {

absl::StatusOr<RightEdge> StoredTree::EdgeAt(uint64_t size) const {
  std::vector<Hash> subtrees;
  for (int level = kTileLevels - 1; level >= 0; --level) {
    // The partial tile of this level: its hashes, as leaves, have the edge's subtrees of the
    // heights from 8 * level on.
    const uint64_t whole = size >> (kTileHeight * level);
    const uint64_t width = whole % kBundleWidth;
    if (width == 0) continue;
    ASSIGN_OR_RETURN(const std::vector<Hash> hashes, HashesAt(level, whole - width, width));
    RightEdge tile;
    for (const Hash& hash : hashes) tile.Append(hash);
    subtrees.insert(subtrees.end(), tile.subtrees().begin(), tile.subtrees().end());
  }
  return RightEdge(size, subtrees);
}

absl::StatusOr<std::vector<Hash>> StoredTree::HashesAt(int level, uint64_t first,
                                                       uint64_t count) const {
  if (level == 0) return LeafHashes(first, count);
  std::vector<Hash> hashes(count);
  for (uint64_t i = 0; i < count; ++i) {
    const TreeKey key = EncodeTreeKey(level, first + i);
    const std::string what = absl::StrCat("tree hash ", first + i, " of level ", level);
    std::string value;
    const rocksdb::Status status = database_->db().Get(rocksdb::ReadOptions(), database_->tree(),
                                                       {key.data(), key.size()}, &value);
    if (status.IsNotFound()) return absl::DataLossError(what + " is missing");
    RETURN_IF_ERROR(FromRocksDb(status, "reading " + what));
    if (value.size() != sizeof(Hash)) {
      return absl::DataLossError(absl::StrCat(what, " has ", value.size(), " bytes"));
    }
    std::copy(value.begin(), value.end(), hashes[i].begin());
  }
  return hashes;
}

absl::StatusOr<std::vector<Hash>> StoredTree::LeafHashes(uint64_t first, uint64_t count) const {
  std::vector<Hash> hashes;
  hashes.reserve(count);
  RETURN_IF_ERROR(EntryReader(*database_)
                      .Forward(first, first + count, [&hashes](Position, std::string_view entry) {
                        hashes.push_back(LeafHash(entry));
                        return true;
                      }));
  return hashes;
}

}  // namespace bansos
