#include "tools/bansos-verify/source/time_rows.h"

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/source/database.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

constexpr char kTimesPlace[] = "the family times";
constexpr uint8_t kTimeTag = 1 << 3;  // field 1, varint
constexpr int kMaxVarintBytes = 10;

}  // namespace

uint64_t RecordedTimeUs(std::string_view entry) {
  if (entry.empty() || static_cast<uint8_t>(entry[0]) != kTimeTag) return 0;
  uint64_t time_us = 0;
  for (int i = 0; i < kMaxVarintBytes && 1u + i < entry.size(); ++i) {
    const uint8_t byte = static_cast<uint8_t>(entry[1 + i]);
    time_us |= uint64_t{byte & 0x7fu} << (7 * i);
    if (byte < 0x80) return time_us;
  }
  return 0;
}

TimeRows::TimeRows(std::unique_ptr<rocksdb::Iterator> rows) : rows_(std::move(rows)) {
  rows_->SeekToFirst();
}

absl::Status TimeRows::Take(std::optional<Row>& row) {
  row.reset();
  if (!rows_->Valid()) return FromRocksDb(rows_->status(), kTimesPlace);
  const auto time_us = ParseU64(rows_->key().ToStringView());
  const auto position = ParseU64(rows_->value().ToStringView());
  if (!time_us || !position)
    return FaultIn(kTimesPlace, "a row is not 8 bytes of key and 8 of value");
  row = Row{*time_us, *position};
  rows_->Next();
  return absl::OkStatus();
}

absl::Status TimeRows::Check(uint64_t position, uint64_t time_us) {
  if (last_time_us_ == time_us) return absl::OkStatus();
  if (last_time_us_ && time_us < *last_time_us_) {
    return FaultAt(position, "recorded at ", time_us, " us, before the entry before it");
  }
  last_time_us_ = time_us;
  std::optional<Row> row;
  TRY(Take(row));
  if (!row) return FaultAt(position, "no row of times has its recorded time, ", time_us, " us");
  if (row->time_us != time_us || row->position != position) {
    return FaultAt(position, "recorded at ", time_us, " us, but the row of times says ",
                   row->time_us, " us from position ", row->position, " on");
  }
  return absl::OkStatus();
}

absl::Status TimeRows::CheckEnd(uint64_t last_time_us) {
  std::optional<Row> row;
  TRY(Take(row));
  if (row) return FaultIn(kTimesPlace, "no entry was recorded at ", row->time_us, " us");
  if (last_time_us_.value_or(0) != last_time_us) {
    return FaultIn("the head row", "it says that the last commit was at ", last_time_us,
                   " us, and the last entry was recorded at ", last_time_us_.value_or(0), " us");
  }
  return absl::OkStatus();
}

absl::Status TimeRows::CheckShape(uint64_t size, uint64_t last_time_us) {
  std::optional<Row> before;
  while (true) {
    std::optional<Row> row;
    TRY(Take(row));
    if (!row) break;
    const bool follows = before ? row->position > before->position : row->position == 0;
    if (!follows || row->position >= size) {
      return FaultIn(kTimesPlace, "the row of ", row->time_us, " us states position ",
                     row->position, ", which does not fit the row before it or the size");
    }
    before = row;
  }
  if (before.has_value() != (size > 0)) return FaultIn(kTimesPlace, "its rows do not fit the size");
  if (before && before->time_us != last_time_us) {
    return FaultIn(kTimesPlace, "its last time is ", before->time_us, " us, and the head row says ",
                   last_time_us);
  }
  return absl::OkStatus();
}

}  // namespace bansos::verify
