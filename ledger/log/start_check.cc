#include "ledger/log/start_check.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/hex.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/entry_reader.h"
#include "ledger/log/stored_tree.h"

namespace bansos {
namespace {

absl::StatusOr<std::optional<std::string>> MetaRow(const LogDatabase& database,
                                                   std::string_view key) {
  std::string value;
  const rocksdb::Status status =
      database.db().Get(rocksdb::ReadOptions(), database.meta(), {key.data(), key.size()}, &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromRocksDb(status, absl::StrCat("reading the log's row ", std::string(key))));
  return value;
}

absl::Status CheckFormat(const LogDatabase& database, uint64_t size) {
  ASSIGN_OR_RETURN(const std::optional<std::string> format, MetaRow(database, kFormatKey));
  if (format == kLogFormat) return absl::OkStatus();
  if (format) {
    return absl::FailedPreconditionError(absl::StrCat("the log is of format '", *format,
                                                      "', and this program knows only '",
                                                      std::string(kLogFormat), "'"));
  }
  if (size == 0) return absl::OkStatus();  // creation was cut short before the row was written
  return absl::DataLossError("the log has entries but no format row");
}

absl::StatusOr<StoredHead> ReadHead(const LogDatabase& database) {
  ASSIGN_OR_RETURN(const std::optional<std::string> row, MetaRow(database, kHeadKey));
  if (row) return DecodeHead(*row);
  return StoredHead{.head = {.root = RightEdge().Root()}, .edge = RightEdge()};
}

absl::Status CheckAgainstAnchor(const LogDatabase& database, const LogHead& head,
                                const std::optional<AnchorRecord>& anchor) {
  if (!anchor) {
    if (head.size == 0) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        "the log holds ", head.size,
        " entries but its anchor file is missing, so nothing tells whether that is all: "
        "put the anchor back beside its log. (A backup of both would lose what was recorded "
        "since.)"));
  }
  if (head.size < anchor->size) {
    return absl::DataLossError(absl::StrCat("the log holds ", head.size, " entries, but ",
                                            anchor->size,
                                            " were acknowledged: entries from position ", head.size,
                                            " on are lost, or the log is an older copy; put back "
                                            "the log that has them all, with its anchor"));
  }
  ASSIGN_OR_RETURN(const RightEdge edge, StoredTree(database).EdgeAt(anchor->size));
  if (const Hash root = edge.Root(); root != anchor->root) {
    return absl::DataLossError(
        absl::StrCat("the first ", anchor->size, " entries of the log have the root ",
                     HexEncode(AsBytes(root)), ", but the anchor says ",
                     HexEncode(AsBytes(anchor->root)), ": they are not what was acknowledged"));
  }
  return absl::OkStatus();
}

// Invariants 1 and 2 at the end of the log: entries, tree and head row belong to one commit.
absl::Status CheckTail(const LogDatabase& database, const StoredHead& stored) {
  const uint64_t size = stored.head.size;
  ASSIGN_OR_RETURN(const uint64_t end, EntryReader(database).End());
  if (end != size) {
    return absl::DataLossError(
        absl::StrCat("the stored entries end at position ", end, ", but the head row says ", size));
  }
  ASSIGN_OR_RETURN(const RightEdge edge, StoredTree(database).EdgeAt(size));
  if (edge.subtrees() != stored.edge.subtrees()) {
    return absl::DataLossError(absl::StrCat("the tree built from the entries before position ",
                                            size, " differs from the stored edge"));
  }
  return absl::OkStatus();
}

absl::Status CheckLastTime(const LogDatabase& database, const LogHead& head) {
  const std::unique_ptr<rocksdb::Iterator> it(
      database.db().NewIterator(rocksdb::ReadOptions(), database.times()));
  it->SeekToLast();
  RETURN_IF_ERROR(FromRocksDb(it->status(), "reading the last recorded time"));
  if (!it->Valid() && head.size == 0) return absl::OkStatus();
  const U64Key expected = EncodeU64(static_cast<uint64_t>(head.last_time_us));
  if (it->Valid() && it->key() == rocksdb::Slice(expected.data(), expected.size()) &&
      it->value().size() == sizeof(uint64_t) &&
      LoadBigEndian<uint64_t>({it->value().data(), it->value().size()}) < head.size) {
    return absl::OkStatus();
  }
  return absl::DataLossError(
      absl::StrCat("the last time row does not fit the head row, which says ", head.last_time_us,
                   " us at size ", head.size));
}

}  // namespace

absl::StatusOr<StoredHead> CheckStoredLog(const LogDatabase& database,
                                          const std::optional<AnchorRecord>& anchor) {
  ASSIGN_OR_RETURN(const StoredHead stored, ReadHead(database));
  RETURN_IF_ERROR(CheckFormat(database, stored.head.size));
  RETURN_IF_ERROR(CheckAgainstAnchor(database, stored.head, anchor));
  RETURN_IF_ERROR(CheckTail(database, stored));
  RETURN_IF_ERROR(CheckLastTime(database, stored.head));
  return stored;
}

}  // namespace bansos
