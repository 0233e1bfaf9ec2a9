#include "projections/open_reports.h"

#include "absl/strings/str_cat.h"

namespace bansos {

void OpenReports::Hold(Position position, const ReportHeld& report, uint32_t batch) {
  if (ResolvedAtBirth(report.rule)) return;
  rows_[position.value()] = {.payment = report.payment.value_or(PaymentKey()),
                             .attempt = report.attempt,
                             .batch = batch,
                             .amount = report.amount,
                             .value_date = report.value_date,
                             .rule = report.rule};
}

absl::Status OpenReports::Resolve(Position held) {
  if (rows_.erase(held.value()) > 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("no report held at position ", held.value(), " is open"));
}

void OpenReports::Save(SnapshotWriter& writer) const {
  writer.List(rows_, [&](const Rows::value_type& entry) {
    const auto& [position, row] = entry;
    writer.U64(position);
    writer.Text(row.payment.program);
    writer.U64(row.payment.tranche);
    writer.U64(row.payment.recipient.value());
    writer.U64(row.payment.number);
    writer.U64(row.attempt);
    writer.U64(row.batch);
    writer.I64(row.amount);
    writer.I64(row.value_date);
    writer.U64(static_cast<uint64_t>(row.rule));
  });
}

void OpenReports::Load(SnapshotReader& reader) {
  const uint64_t count = reader.U64();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    OpenReport& row = rows_[reader.U64()];
    row.payment.program = reader.Text();
    row.payment.tranche = reader.U32();
    row.payment.recipient = RecipientNumber(reader.U64());
    row.payment.number = reader.U32();
    row.attempt = reader.U32();
    row.batch = reader.U32();
    row.amount = reader.I64();
    row.value_date = reader.I32();
    row.rule = static_cast<HoldRule>(reader.U64());
  }
}

}  // namespace bansos
