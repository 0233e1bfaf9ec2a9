#include "tools/bansos-verify/source/tree_rows.h"

#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

constexpr char kTreePlace[] = "the family tree";

std::string Name(int level, uint64_t index) {
  return absl::StrCat("tree row (", level, ", ", index, ")");
}

bool HasKey(const rocksdb::Iterator& row, int level, uint64_t index) {
  std::string_view key = row.key().ToStringView();
  if (key.empty() || key[0] != static_cast<char>(level)) return false;
  return ParseU64(key.substr(1)) == index;
}

}  // namespace

TreeRows::TreeRows(const NewIterator& new_iterator) {
  for (int level = 0; level < kTileLevels; ++level) {
    rows_[level] = new_iterator();
    const std::string first(level == 0 ? 0 : 1, static_cast<char>(level));
    rows_[level]->Seek(first);
  }
}

absl::Status TreeRows::Check(const Tile& tile) {
  if (!tile.root) return absl::OkStatus();
  const int level = tile.level + 1;
  rocksdb::Iterator& row = *rows_[level];
  if (!row.Valid() || !HasKey(row, level, tile.index)) {
    TRY(FromRocksDb(row.status(), kTreePlace));
    return FaultIn(Name(level, tile.index), "it is missing");
  }
  if (row.value().ToStringView() != Bytes(*tile.root)) {
    return FaultIn(Name(level, tile.index), "it should be ", Hex(*tile.root),
                   ", the root of the entries from position ", tile.index << (8 * level), " on");
  }
  ++compared_;
  row.Next();
  return absl::OkStatus();
}

absl::Status TreeRows::CheckEnd() {
  // As each level's cursor has passed all its rows, one that stands on a row of the next level that
  // has any is where it should be.
  for (int level = 0; level < kTileLevels; ++level) {
    const rocksdb::Iterator& row = *rows_[level];
    TRY(FromRocksDb(row.status(), kTreePlace));
    if (!row.Valid()) continue;
    const std::string_view key = row.key().ToStringView();
    const int key_level = key.empty() ? 0 : static_cast<uint8_t>(key[0]);
    if (key_level <= level || key_level >= kTileLevels) {
      return FaultIn(kTreePlace, "the tree has no row with the key ",
                     absl::BytesToHexString({key.data(), key.size()}));
    }
  }
  return absl::OkStatus();
}

}  // namespace bansos::verify
