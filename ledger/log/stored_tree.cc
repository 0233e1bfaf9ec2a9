#include "ledger/log/stored_tree.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/entry_reader.h"
#include "ledger/log/log_format.h"

namespace bansos {
namespace {

// Why an iterator that was to stand on the hash with `key` does not give it.
absl::Status NoHash(const rocksdb::Iterator& it, const rocksdb::Slice& key,
                    const std::string& what) {
  RETURN_IF_ERROR(FromRocksDb(it.status(), "reading " + what));
  if (!it.Valid() || it.key() != key) return absl::DataLossError(what + " is missing");
  return absl::DataLossError(absl::StrCat(what, " has ", it.value().size(), " bytes"));
}

}  // namespace

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
  std::vector<Hash> hashes;
  hashes.reserve(count);
  // Neighbours are read by one iterator: a look-up each costs several times as much.
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions(), database_->tree()));
  for (uint64_t index = first; index < first + count; ++index) {
    const TreeKey key = EncodeTreeKey(level, index);
    const rocksdb::Slice slice(key.data(), key.size());
    if (index == first) {
      it->Seek(slice);
    } else {
      it->Next();
    }
    if (!it->Valid() || it->key() != slice || it->value().size() != sizeof(Hash)) {
      return NoHash(*it, slice, absl::StrCat("tree hash ", index, " of level ", level));
    }
    std::copy_n(it->value().data(), sizeof(Hash), hashes.emplace_back().begin());
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
