// Money of a row as answers show it. Pure.
#ifndef GRPC_CONVERT_BALANCE_H_
#define GRPC_CONVERT_BALANCE_H_

#include "bansos/v1/balance_service.pb.h"
#include "projections/balance_row.h"

namespace bansos {

// Adds the buckets, instructed and withdrawn of `money` to the row.
inline void FillMoney(const PaymentMoney& money, v1::BalanceRow& row) {
  v1::Buckets& buckets = *row.mutable_buckets();
  buckets.set_obligated(buckets.obligated() + money.in(Bucket::kObligated));
  buckets.set_in_transit(buckets.in_transit() + money.in(Bucket::kInTransit));
  buckets.set_paid(buckets.paid() + money.in(Bucket::kPaid));
  buckets.set_returned(buckets.returned() + money.in(Bucket::kReturned));
  buckets.set_remitted(buckets.remitted() + money.in(Bucket::kRemitted));
  buckets.set_receivable(buckets.receivable() + money.in(Bucket::kReceivable));
  row.set_instructed(row.instructed() + money.instructed);
  row.set_withdrawn(row.withdrawn() + money.withdrawn);
}

}  // namespace bansos

#endif  // GRPC_CONVERT_BALANCE_H_
