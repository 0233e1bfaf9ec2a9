#include "projections/waiting_payments.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/domain/date.h"
#include "ledger/domain/payment.h"

namespace bansos {

void WaitingPayments::Add(Date since, Position position, WaitingPayment waiting) {
  const Key key{since, position.value()};
  of_payment_[waiting.payment] = key;
  rows_[key] = std::move(waiting);
  ++by_date_[since];
}

absl::Status WaitingPayments::Remove(const PaymentKey& payment) {
  const auto it = of_payment_.find(payment);
  if (it == of_payment_.end()) {
    return absl::DataLossError(
        absl::StrCat(Describe(payment), ": it is not where it is said to be"));
  }
  const auto date = by_date_.find(it->second.first);
  if (--date->second == 0) by_date_.erase(date);
  rows_.erase(it->second);
  of_payment_.erase(it);
  return absl::OkStatus();
}

void WaitingPayments::Save(SnapshotWriter& writer) const {
  writer.List(rows_, [&](const Rows::value_type& entry) {
    const auto& [key, row] = entry;
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
  });
}

void WaitingPayments::Load(SnapshotReader& reader) {
  const uint64_t count = reader.U64();
  for (uint64_t i = 0; i < count && reader.ok(); ++i) {
    const Date since = reader.I32();
    if (!IsValidDate(since)) reader.Fail("a date that is none");
    const Key key{since, reader.U64()};
    const auto [place, added] = rows_.try_emplace(key);
    if (!added) reader.Fail("a payment that waits twice");
    WaitingPayment& row = place->second;
    row.payment.program = reader.Text();
    row.payment.tranche = reader.U32();
    row.payment.recipient = RecipientNumber(reader.U64());
    row.payment.number = reader.U32();
    row.attempt = reader.U32();
    row.batch = reader.U32();
    row.amount = reader.I64();
    row.reason = static_cast<ReturnReason>(reader.U64());
    of_payment_[row.payment] = key;
    ++by_date_[key.first];
  }
}

}  // namespace bansos
