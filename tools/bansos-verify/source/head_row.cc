#include "tools/bansos-verify/source/head_row.h"

#include <bit>
#include <limits>

#include "absl/strings/escaping.h"
#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/tree/big_endian.h"
#include "tools/bansos-verify/tree/merkle.h"

namespace bansos::verify {
namespace {

constexpr char kDefaultPlace[] = "the family default";
constexpr char kHeadPlace[] = "the head row";
constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kHeadKey = "head";
constexpr std::string_view kCheckpointPrefix = "checkpoint";
constexpr std::string_view kFormat = "bansos-log/1";
constexpr size_t kFixedBytes = 2 * kU64Bytes + kHashBytes;

}  // namespace

absl::StatusOr<HeadRow> ParseHeadRow(std::string_view row) {
  if (row.size() < kFixedBytes) return FaultIn(kHeadPlace, "it is too short");
  HeadRow head;
  head.size = *ParseU64(row.substr(0, kU64Bytes));
  head.last_time_us = *ParseU64(row.substr(kU64Bytes, kU64Bytes));
  head.root = HashFrom(row.substr(2 * kU64Bytes, kHashBytes));
  row.remove_prefix(kFixedBytes);
  if (head.size == 0) return FaultIn(kHeadPlace, "it states the size 0, which has no head row");
  if (head.last_time_us > std::numeric_limits<int64_t>::max()) {
    return FaultIn(kHeadPlace, "its recorded time is 2^63 or more");
  }
  if (row.size() != std::popcount(head.size) * kHashBytes) {
    return FaultIn(kHeadPlace, "its edge is ", row.size(), " bytes long, which does not fit size ",
                   head.size);
  }
  for (; !row.empty(); row.remove_prefix(kHashBytes)) head.edge.push_back(HashFrom(row));
  if (RootOfEdge(head.edge) != head.root) {
    return FaultIn(kHeadPlace, "its edge does not give its root");
  }
  return head;
}

absl::StatusOr<MetaRows> ReadMetaRows(rocksdb::Iterator& rows) {
  MetaRows found;
  bool format_known = false;
  for (rows.SeekToFirst(); rows.Valid(); rows.Next()) {
    const std::string_view key = rows.key().ToStringView();
    const std::string_view value = rows.value().ToStringView();
    if (key == kFormatKey) {
      format_known = value == kFormat;
      if (!format_known) {
        return FaultIn("the format row", "it says '",
                       absl::CHexEscape({value.data(), value.size()}),
                       "', and this program knows only '", std::string(kFormat), "'");
      }
    } else if (key == kHeadKey) {
      TRY_ASSIGN(found.head, ParseHeadRow(value));
    } else if (key.starts_with(kCheckpointPrefix)) {
      const auto size = ParseU64(key.substr(kCheckpointPrefix.size()));
      if (!size) return FaultIn(kDefaultPlace, "the key of a checkpoint holds no size");
      found.checkpoints.push_back({*size, std::string(value)});
    } else {
      return FaultIn(kDefaultPlace, "the format has no row '",
                     absl::CHexEscape({key.data(), key.size()}), "'");
    }
  }
  TRY(FromRocksDb(rows.status(), kDefaultPlace));
  if (!format_known && found.head.size > 0) {
    return FaultIn(kDefaultPlace, "the log has entries but no format row");
  }
  return found;
}

}  // namespace bansos::verify
