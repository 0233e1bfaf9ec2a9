#include "ledger/vault/last_write.h"

#include <sodium.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"

namespace bansos {
namespace {

constexpr size_t kMarkBytes = sizeof(Hash);
constexpr size_t kLastWriteRowBytes = 8 + 2 * kMarkBytes;

Hash MarkFrom(std::string_view bytes) {
  CHECK(bytes.size() >= kMarkBytes);
  Hash mark;
  std::copy_n(bytes.begin(), kMarkBytes, mark.begin());
  return mark;
}

}  // namespace

LastWrite NextWrite(const LastWrite& last) {
  LastWrite next = {.count = last.count + 1, .mark_before = last.mark};
  randombytes_buf(next.mark.data(), kMarkBytes);
  CHECK(next.count > last.count && next.mark != last.mark);
  return next;
}

std::string EncodeLastWrite(const LastWrite& last) {
  std::string row;
  AppendU64(row, last.count);
  row.append(AsBytes(last.mark));
  row.append(AsBytes(last.mark_before));
  CHECK(last.count > 0 && row.size() == kLastWriteRowBytes);
  return row;
}

absl::StatusOr<LastWrite> DecodeLastWrite(std::string_view row) {
  if (row.size() != kLastWriteRowBytes || LoadBigEndian<uint64_t>(row) == 0) {
    return absl::DataLossError("vault: the row of the last write is damaged");
  }
  return LastWrite{.count = LoadBigEndian<uint64_t>(row),
                   .mark = MarkFrom(row.substr(8)),
                   .mark_before = MarkFrom(row.substr(8 + kMarkBytes))};
}

absl::Status CheckAgainstAnchor(const LastWrite& stored,
                                const std::optional<AnchorRecord>& anchor) {
  if (!anchor.has_value()) {
    if (stored.count == 0) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        "the vault holds ", stored.count, " writes but its anchor file is missing, so nothing ",
        "tells whether that is all: put the anchor back beside its vault, from the same copy"));
  }
  if (stored.count < anchor->size) {
    return absl::DataLossError(absl::StrCat(
        "the vault holds ", stored.count, " writes, but ", anchor->size,
        " were acknowledged: keys and numbers that were given out are lost; put back the vault ",
        "that has them all"));
  }
  // Between the two is at most the write that was under way; further back nothing can be told.
  const bool belongs = stored.count == anchor->size       ? stored.mark == anchor->root
                       : stored.count == anchor->size + 1 ? stored.mark_before == anchor->root
                                                          : true;
  if (belongs) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("write ", anchor->size,
                   " of the vault is not the one that its anchor tells of: give vault and anchor "
                   "from the same copy"));
}

}  // namespace bansos
