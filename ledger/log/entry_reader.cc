#include "ledger/log/entry_reader.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/bundle.h"
#include "ledger/log/log_format.h"

namespace bansos {
namespace {

std::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

rocksdb::Slice ToSlice(const U64Key& key) { return {key.data(), key.size()}; }

// The fragment that an iterator stands on.
struct Fragment {
  uint64_t first = 0;
  BundleView entries;

  uint64_t end() const { return first + entries.size(); }

  // DATA_LOSS unless the iterator stands on a whole fragment within one bundle. `position` is the
  // one that the caller is after, for the message.
  absl::Status Load(const rocksdb::Iterator& it, uint64_t position) {
    if (!it.status().ok()) {
      return FromRocksDb(it.status(), absl::StrCat("reading the entry at position ", position));
    }
    if (!it.Valid()) return Gap(position);
    if (it.key().size() != sizeof(uint64_t)) {
      return absl::DataLossError(absl::StrCat(
          "key of ", it.key().size(), " bytes among the entries, near position ", position));
    }
    first = LoadBigEndian<uint64_t>(View(it.key()));
    if (absl::Status status = entries.Parse(View(it.value())); !status.ok()) {
      return absl::DataLossError(
          absl::StrCat("fragment at position ", first, " is damaged: ", status.message()));
    }
    if (entries.size() > NextBundleStart(first) - first) {
      return absl::DataLossError(absl::StrCat("fragment at position ", first, " holds ",
                                              entries.size(), " entries and passes its bundle"));
    }
    return absl::OkStatus();
  }

  static absl::Status Gap(uint64_t position) {
    return absl::DataLossError(absl::StrCat("no stored fragment holds position ", position));
  }
};

std::unique_ptr<rocksdb::Iterator> SeekFragment(const LogDatabase& database, uint64_t position) {
  std::unique_ptr<rocksdb::Iterator> it(
      database.db().NewIterator(rocksdb::ReadOptions(), database.entries()));
  it->SeekForPrev(ToSlice(EncodeU64(position)));
  return it;
}

}  // namespace

absl::Status EntryReader::Forward(uint64_t from, uint64_t to, EntryVisitor visit) const {
  if (from >= to) return absl::OkStatus();
  const std::unique_ptr<rocksdb::Iterator> it = SeekFragment(*database_, from);
  Fragment fragment;
  RETURN_IF_ERROR(fragment.Load(*it, from));
  for (uint64_t position = from;;) {
    if (position < fragment.first || position >= fragment.end()) return Fragment::Gap(position);
    for (const uint64_t end = std::min(to, fragment.end()); position < end; ++position) {
      if (!visit(Position(position), fragment.entries[position - fragment.first])) {
        return absl::OkStatus();
      }
    }
    if (position == to) return absl::OkStatus();
    it->Next();
    RETURN_IF_ERROR(fragment.Load(*it, position));
    if (fragment.first != position) return Fragment::Gap(position);
  }
}

absl::Status EntryReader::Backward(uint64_t from, EntryVisitor visit) const {
  const std::unique_ptr<rocksdb::Iterator> it = SeekFragment(*database_, from);
  Fragment fragment;
  RETURN_IF_ERROR(fragment.Load(*it, from));
  for (uint64_t position = from;;) {
    if (position >= fragment.end()) return Fragment::Gap(position);
    for (;; --position) {
      if (!visit(Position(position), fragment.entries[position - fragment.first])) {
        return absl::OkStatus();
      }
      if (position == fragment.first) break;
    }
    if (position == 0) return absl::OkStatus();
    --position;
    it->Prev();
    RETURN_IF_ERROR(fragment.Load(*it, position));
    if (fragment.end() != position + 1) return Fragment::Gap(position);
  }
}

absl::StatusOr<uint64_t> EntryReader::End() const {
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions(), database_->entries()));
  it->SeekToLast();
  RETURN_IF_ERROR(FromRocksDb(it->status(), "reading the last stored fragment"));
  if (!it->Valid()) return 0;
  Fragment last;
  RETURN_IF_ERROR(last.Load(*it, 0));
  return last.end();
}

}  // namespace bansos
