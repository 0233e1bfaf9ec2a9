#include "projections/standing_returns.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/date.h"
#include "ledger/domain/payment.h"
#include "projections/payment_move.h"

namespace bansos {

void StandingReturns::Add(Position position, const TransferReturned& returned) {
  const Key key{returned.value_date, position.value()};
  rows_[key] = {.payment = returned.payment,
                .attempt = returned.attempt,
                .batch = returned.movement.batch,
                .amount = returned.movement.amount,
                .reason = returned.reason};
  of_payment_[returned.payment] = key;
}

absl::Status StandingReturns::Remove(const PaymentKey& payment) {
  const auto it = of_payment_.find(payment);
  if (it == of_payment_.end()) {
    return absl::DataLossError(absl::StrCat(Describe(payment), ": no return of it stands"));
  }
  rows_.erase(it->second);
  of_payment_.erase(it);
  return absl::OkStatus();
}

void StandingReturns::Save(SnapshotWriter& writer) const {
  writer.U64(rows_.size());
  for (const auto& [key, row] : rows_) {
    writer.I64(key.first);
    writer.U64(key.second);
    writer.Text(row.payment.program);
    writer.U64(row.payment.tranche);
    writer.U64(row.payment.recipient.value());
    writer.U64(row.payment.number);
    writer.U64(row.attempt);
    writer.U64(row.batch);
    writer.I64(row.amount);
    writer.U64(static_cast<uint64_t>(row.reason));
  }
}

void StandingReturns::Load(SnapshotReader& reader) {
  const uint64_t count = reader.U64();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    const Date value_date = reader.I32();
    if (!IsValidDate(value_date)) reader.Fail("a value date that is none");
    const Key key{value_date, reader.U64()};
    StandingReturn& row = rows_[key];
    row.payment.program = reader.Text();
    row.payment.tranche = reader.U32();
    row.payment.recipient = RecipientNumber(reader.U64());
    row.payment.number = reader.U32();
    row.attempt = reader.U32();
    row.batch = reader.U32();
    row.amount = reader.I64();
    row.reason = static_cast<ReturnReason>(reader.U64());
    of_payment_[row.payment] = key;
  }
}

}  // namespace bansos
