#include "ledger/domain/order_file.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ledger/domain/batch.h"

namespace bansos {
namespace {

// The orders that were sent after one position and before another.
struct Span {
  std::optional<Position> after;
  std::optional<Position> before;

  bool Holds(Position position) const {
    return (!after || position > *after) && (!before || position < *before);
  }
};

struct Orders {
  uint32_t count = 0;
  Rupiah total = 0;
};

// Those of the attempt that have no result yet.
Orders CountOrders(const State& state, const BatchState& batch, uint32_t attempt,
                   const Span& span) {
  Orders orders;
  for (const PaymentIndex index : batch.payments) {
    const PaymentState& payment = state.at(index);
    if (payment.phase != PaymentPhase::kSent || payment.attempt != attempt) continue;
    if (!span.Holds(*payment.last_sent_at)) continue;
    ++orders.count;
    orders.total += payment.amount;
  }
  return orders;
}

// Position of the newest file of new orders of the attempt among the first `files`.
std::optional<Position> LastNewFile(const BatchState& batch, uint32_t attempt, size_t files) {
  for (size_t i = files; i > 0; --i) {
    const OrderFileState& file = batch.order_files[i - 1];
    if (file.attempt == attempt && file.again == 0) return file.written_at;
  }
  return std::nullopt;
}

// The orders that were new in file `number`, or in the file that it repeats.
Span SpanOf(const BatchState& batch, uint32_t number) {
  const OrderFileState* file = &batch.order_files[number - 1];
  while (file->again != 0) {
    number = file->again;
    file = &batch.order_files[number - 1];
  }
  return {LastNewFile(batch, file->attempt, number - 1), file->written_at};
}

Check CheckMayRepeat(const BatchState& batch, const OrderFileWritten& event) {
  const auto& files = batch.order_files;
  const bool known = event.again <= files.size() && files[event.again - 1].attempt == event.attempt;
  REFUSE_IF(
      !known, RefusalCode::kOrderFileUnknown,
      absl::StrCat(Describe(event.batch), ", attempt ", event.attempt, ", file ", event.again));
  const auto repetition = std::find_if(files.begin(), files.end(), [&](const OrderFileState& file) {
    return file.again == event.again;
  });
  REFUSE_IF(repetition != files.end(), RefusalCode::kOrderFileUnknown,
            absl::StrCat(Describe(event.batch), ", file ", event.again, " was repeated by file ",
                         repetition - files.begin() + 1));
  return std::nullopt;
}

}  // namespace

absl::Status Evolve(const EvolveContext& context, const OrderFileWritten& event) {
  BatchState* batch = context.state.FindBatch(event.batch);
  if (batch == nullptr || event.again > batch->order_files.size() ||
      event.number != batch->order_files.size() + 1) {
    return absl::DataLossError(
        absl::StrCat("the log has an order file out of place: ", Describe(event.batch)));
  }
  batch->order_files.push_back(
      {context.position, event.attempt, event.again, event.count, event.total, event.sha256});
  return absl::OkStatus();
}

Check Decide(const DecideContext& context, OrderFileWritten& event) {
  const BatchState& batch = *context.state.FindBatch(event.batch);
  const std::string what = Describe(event.batch);
  REFUSE_IF(event.number != batch.order_files.size() + 1, RefusalCode::kNumberOutOfOrder,
            absl::StrCat(what, ", order file ", event.number, " after ", batch.order_files.size()));
  if (event.again != 0) RETURN_IF_REFUSED(CheckMayRepeat(batch, event));
  const Span span =
      event.again != 0
          ? SpanOf(batch, event.again)
          : Span{LastNewFile(batch, event.attempt, batch.order_files.size()), std::nullopt};
  const Orders orders = CountOrders(context.state, batch, event.attempt, span);
  REFUSE_IF(event.count != orders.count || event.total != orders.total, RefusalCode::kListDiffers,
            absl::StrCat(what, " has ", orders.count, " such orders of Rp ", orders.total,
                         ", stated were ", event.count, " of Rp ", event.total));
  return std::nullopt;
}

}  // namespace bansos
