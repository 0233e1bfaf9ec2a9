#include "tools/bansos-verify/source/entry_rows.h"

#include <algorithm>
#include <optional>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/tree/big_endian.h"
#include "tools/bansos-verify/tree/bundle.h"

namespace bansos::verify {
namespace {

constexpr char kEntriesPlace[] = "the family entries";

}  // namespace

EntryRows::EntryRows(std::unique_ptr<rocksdb::Iterator> rows, uint64_t size)
    : rows_(std::move(rows)), size_(size) {
  rows_->SeekToFirst();
}

absl::StatusOr<RawBundle> EntryRows::Next() {
  const uint64_t end = next_ + std::min(kTileWidth, size_ - next_);
  RawBundle bundle{.bytes = {},
                   .name = absl::StrCat("the fragments of bundle ", next_ / kTileWidth)};
  while (next_ < end) TRY(TakeFragment(end, bundle.bytes));
  return bundle;
}

absl::Status EntryRows::TakeFragment(uint64_t end, std::string& bytes) {
  if (!rows_->Valid()) {
    TRY(FromRocksDb(rows_->status(), kEntriesPlace));
    return FaultAt(next_, "the stored entries end here, but the head row says ", size_);
  }
  const std::optional<uint64_t> first = ParseU64(rows_->key().ToStringView());
  if (!first) return FaultIn(kEntriesPlace, "a key is not 8 bytes long");
  if (*first > next_) {
    return FaultAt(next_, "the entry is missing: the next fragment begins at ", *first);
  }
  if (*first < next_) {
    return FaultAt(*first, "a fragment begins here, within the one before it");
  }
  std::string_view rest = rows_->value().ToStringView();
  if (rest.empty()) return FaultAt(next_, "the fragment is empty");
  bytes.append(rest);
  std::string_view entry;
  for (; !rest.empty(); ++next_) {
    if (next_ == end) {
      return FaultAt(next_, "the fragment of position ", *first, " goes on beyond ",
                     end == size_ ? "the end of the log" : "its bundle");
    }
    if (!TakeEntry(rest, entry)) return FaultAt(next_, "the fragment ends before the entry does");
  }
  ++fragments_;
  rows_->Next();
  return absl::OkStatus();
}

absl::Status EntryRows::CheckEnd() {
  if (rows_->Valid()) {
    return FaultAt(size_, "the family entries goes on beyond the size that the head row states");
  }
  return FromRocksDb(rows_->status(), kEntriesPlace);
}

}  // namespace bansos::verify
