#include "ledger/log/commit_batch.h"

#include <algorithm>

#include "ledger/base/check.h"
#include "ledger/log/bundle.h"

namespace bansos {
namespace {

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// A batch under construction fails only on misuse.
void Put(rocksdb::WriteBatch& batch, rocksdb::ColumnFamilyHandle* family, std::string_view key,
         std::string_view value) {
  const rocksdb::Status status = batch.Put(family, ToSlice(key), ToSlice(value));
  CHECK(status.ok()) << status.ToString();
}

// Invariants: a fragment lies within one bundle and begins where the last one ended.
void AddFragments(const LogDatabase& database, absl::Span<const std::string> entries,
                  uint64_t first, rocksdb::WriteBatch& batch) {
  std::string fragment;
  while (!entries.empty()) {
    const uint64_t count = std::min<uint64_t>(entries.size(), NextBundleStart(first) - first);
    CHECK(count >= 1 && first / kBundleWidth == (first + count - 1) / kBundleWidth) << first;
    fragment.clear();
    for (const std::string& entry : entries.first(count)) AppendToBundle(entry, fragment);
    Put(batch, database.entries(), AsBytes(EncodeU64(first)), fragment);
    entries.remove_prefix(count);
    first += count;
  }
}

void AddTreeHashes(const LogDatabase& database, absl::Span<const std::string> entries,
                   RightEdge& edge, rocksdb::WriteBatch& batch) {
  const auto store_full_tiles = [&](int height, uint64_t index, const Hash& hash) {
    if (height % kTileHeight != 0) return;
    Put(batch, database.tree(), AsBytes(EncodeTreeKey(height / kTileHeight, index)), AsBytes(hash));
  };
  const uint64_t before = edge.size();
  for (const std::string& entry : entries) edge.Append(LeafHash(entry), store_full_tiles);
  CHECK(edge.size() == before + entries.size()) << edge.size();
}

}  // namespace

void BuildCommit(const LogDatabase& database, int64_t time_us,
                 absl::Span<const std::string> entries, StoredHead& end,
                 rocksdb::WriteBatch& batch) {
  const LogHead before = end.head;
  CHECK(!entries.empty() && time_us >= before.last_time_us) << before.size;
  CHECK(end.edge.size() == before.size) << end.edge.size() << " is not " << before.size;
  AddFragments(database, entries, before.size, batch);
  AddTreeHashes(database, entries, end.edge, batch);
  end.head = {.size = end.edge.size(), .root = end.edge.Root(), .last_time_us = time_us};
  // Commits of one time share a row, which keeps the first one's position.
  if (before.size == 0 || before.last_time_us < time_us) {
    Put(batch, database.times(), AsBytes(EncodeU64(static_cast<uint64_t>(time_us))),
        AsBytes(EncodeU64(before.size)));
  }
  Put(batch, database.meta(), kHeadKey, EncodeHead(end));
}

}  // namespace bansos
