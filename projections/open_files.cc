#include "projections/open_files.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "ledger/domain/date.h"

namespace bansos {
namespace {

// Amounts come from outside: sums beyond what money can be stay at the least number.
void Subtract(Rupiah amount, Rupiah& from) {
  if (__builtin_sub_overflow(from, amount, &from)) from = std::numeric_limits<Rupiah>::min();
}

}  // namespace

void OpenFiles::Receive(Position position, Date received_on, const ResultFileReceived& file) {
  const OpenFile open{.received_on = received_on,
                      .lines = file.lines,
                      .missing = file.lines,
                      .settled_open = file.settled_total,
                      .returned_open = file.returned_total,
                      .states_totals = file.settled_total != 0 || file.returned_total != 0};
  if (!open.in_order()) rows_[position.value()] = open;
}

absl::Status OpenFiles::TakeLine(Position file, ReportKind kind, Rupiah amount) {
  const auto it = rows_.find(file.value());
  if (it == rows_.end() || it->second.missing == 0) {
    return absl::DataLossError(
        absl::StrCat("the file at position ", file.value(), " has no line that is not in yet"));
  }
  OpenFile& open = it->second;
  --open.missing;
  Subtract(amount, kind == ReportKind::kSettled ? open.settled_open : open.returned_open);
  if (open.in_order()) {
    in_order_.insert(file.value());
    rows_.erase(it);
  }
  return absl::OkStatus();
}

absl::Status OpenFiles::End(Position file) {
  const auto it = rows_.find(file.value());
  if (it != rows_.end() && it->second.missing == 0) {
    rows_.erase(it);
    return absl::OkStatus();
  }
  if (in_order_.erase(file.value()) > 0) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("no report or whole file at position ", file.value(), " is open"));
}

void OpenFiles::Save(SnapshotWriter& writer) const {
  writer.List(rows_, [&](const Rows::value_type& entry) {
    const auto& [position, row] = entry;
    writer.U64(position);
    writer.I64(row.received_on);
    writer.U64(row.lines);
    writer.U64(row.missing);
    writer.I64(row.settled_open);
    writer.I64(row.returned_open);
    writer.U64(row.states_totals ? 1 : 0);
  });
  writer.List(in_order_, [&](uint64_t position) { writer.U64(position); });
}

void OpenFiles::Load(SnapshotReader& reader) {
  const uint64_t count = reader.U64();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    OpenFile& row = rows_[reader.U64()];
    row.received_on = reader.I32();
    if (!IsValidDate(row.received_on)) reader.Fail("a date that is none");
    row.lines = reader.U32();
    row.missing = reader.U32();
    row.settled_open = reader.I64();
    row.returned_open = reader.I64();
    row.states_totals = reader.U64() != 0;
  }
  const uint64_t in_order = reader.U64();
  for (uint64_t i = 0; i < in_order && reader.ok(); ++i) in_order_.insert(reader.U64());
}

}  // namespace bansos
