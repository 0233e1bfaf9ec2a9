#include "ledger/log/log_format.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"

namespace bansos {
namespace {

constexpr size_t kHashBytes = sizeof(Hash);
constexpr size_t kHeadFixedBytes = 2 * sizeof(uint64_t) + kHashBytes;

void StoreU64(uint64_t value, char* out) {
  for (int i = 7; i >= 0; --i, value >>= 8) out[i] = static_cast<char>(value);
}

Hash LoadHash(std::string_view bytes) {
  Hash hash;
  std::copy_n(bytes.begin(), kHashBytes, hash.begin());
  return hash;
}

}  // namespace

U64Key EncodeU64(uint64_t value) {
  U64Key key;
  StoreU64(value, key.data());
  return key;
}

TreeKey EncodeTreeKey(int level, uint64_t index) {
  TreeKey key;
  key[0] = static_cast<char>(level);
  StoreU64(index, key.data() + 1);
  return key;
}

std::string EncodeHead(const StoredHead& stored) {
  std::string row;
  row.reserve(kHeadFixedBytes + stored.edge.subtrees().size() * kHashBytes);
  AppendU64(row, stored.head.size);
  AppendU64(row, static_cast<uint64_t>(stored.head.last_time_us));
  row.append(AsBytes(stored.head.root));
  for (const Hash& subtree : stored.edge.subtrees()) row.append(AsBytes(subtree));
  return row;
}

absl::StatusOr<StoredHead> DecodeHead(std::string_view row) {
  if (row.size() < kHeadFixedBytes) {
    return absl::DataLossError(absl::StrCat("head row of ", row.size(), " bytes is too short"));
  }
  const uint64_t size = LoadBigEndian<uint64_t>(row);
  const uint64_t time_us = LoadBigEndian<uint64_t>(row.substr(8));
  std::string_view edge_bytes = row.substr(kHeadFixedBytes);
  if (edge_bytes.size() != std::popcount(size) * kHashBytes) {
    return absl::DataLossError(
        absl::StrCat("head row of ", row.size(), " bytes does not fit its size ", size));
  }
  if (time_us > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return absl::DataLossError(absl::StrCat("head row has the recorded time ", time_us, " us"));
  }
  std::vector<Hash> subtrees;
  for (; !edge_bytes.empty(); edge_bytes.remove_prefix(kHashBytes)) {
    subtrees.push_back(LoadHash(edge_bytes));
  }
  StoredHead stored = {
      .head = {.size = size,
               .root = LoadHash(row.substr(16)),
               .last_time_us = static_cast<int64_t>(time_us)},
      .edge = RightEdge(size, subtrees),
  };
  if (stored.edge.Root() != stored.head.root) {
    return absl::DataLossError(absl::StrCat("head row: edge and root differ at size ", size));
  }
  return stored;
}

}  // namespace bansos
