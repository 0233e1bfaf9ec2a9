// Files of orders: which orders were handed over to the bank in which of them.
#include <algorithm>

#include "tools/bansos-verify/replay/limits.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// Sent by a payment's present attempt and without a result, in this span of positions.
bool IsOpenOrder(const PaymentRecord& payment, uint32_t attempt, uint64_t after, uint64_t before) {
  return payment.state == PaymentState::kSent && payment.attempt == attempt &&
         payment.sent_position > after && payment.sent_position < before;
}

// Position of the newest file below `number` whose orders of the attempt were new; 0 if none.
uint64_t NewFileBelow(const BatchRecord& batch, uint32_t attempt, uint32_t number) {
  uint64_t position = 0;
  for (const auto& [other, file] : batch.order_files) {
    if (other < number && file.attempt == attempt && file.again == 0) position = file.position;
  }
  return position;
}

Verdict CheckRepeats(const BatchRecord& batch, const v1::OrderFileWritten& written) {
  const OrderFileRecord* repeated = Find(batch.order_files, written.again());
  FAULT_UNLESS(repeated != nullptr && repeated->attempt == written.attempt(), "kOrderFileUnknown",
               "batch ", Text(IdOf(written.batch())), " has no file ", written.again(),
               " of attempt ", written.attempt());
  const bool repeated_before =
      std::any_of(batch.order_files.begin(), batch.order_files.end(),
                  [&](const auto& file) { return file.second.again == written.again(); });
  FAULT_UNLESS(!repeated_before, "kOrderFileUnknown", "file ", written.again(), " of batch ",
               Text(IdOf(written.batch())), " is repeated a second time");
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::OrderFileWritten& written) {
  RETURN_IF_FAULT(CheckBatchKey(written.batch()));
  RETURN_IF_FAULT(CheckNumber(written.number(), kMaxOrderFiles, "number of the file"));
  RETURN_IF_FAULT(CheckAttemptShape(written.attempt()));
  RETURN_IF_FAULT(CheckAtMost(written.again(), kMaxOrderFiles, "file that is repeated"));
  RETURN_IF_FAULT(CheckHash(written.sha256(), "SHA-256 of the file"));
  RETURN_IF_FAULT(CheckNumber(written.count(), kMaxBatchCount, "count of the orders"));
  return CheckAmount(written.total(), "total of the orders");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::OrderFileWritten& written) {
  const BatchId id = IdOf(written.batch());
  const BatchRecord& batch = state.batches.at(id);
  FAULT_UNLESS(written.number() == batch.order_files.size() + 1, "kNumberOutOfOrder", "batch ",
               Text(id), ": file ", written.number(), " does not follow file ",
               batch.order_files.size());
  uint64_t before = state.next_position;
  uint32_t first = written.number();
  if (written.again() != 0) {
    RETURN_IF_FAULT(CheckRepeats(batch, written));
    for (first = written.again(); batch.order_files.at(first).again != 0;) {
      first = batch.order_files.at(first).again;
    }
    before = batch.order_files.at(first).position;
  }
  const uint64_t after = NewFileBelow(batch, written.attempt(), first);
  uint64_t count = 0;
  int64_t total = 0;
  for (const auto& [position, payment] : batch.list) {
    const PaymentRecord& record = state.payments.at(payment);
    if (!IsOpenOrder(record, written.attempt(), after, before)) continue;
    ++count;
    total += record.amount;
  }
  FAULT_UNLESS(written.count() == count && written.total() == total, "kListDiffers", "file ",
               written.number(), " of batch ", Text(id), " states ", written.count(), " orders of ",
               written.total(), ", but has ", count, " of ", total);
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::OrderFileWritten& written) {
  state.batches.at(IdOf(written.batch())).order_files[written.number()] = {
      .position = state.next_position, .attempt = written.attempt(), .again = written.again()};
}

}  // namespace bansos::replay
