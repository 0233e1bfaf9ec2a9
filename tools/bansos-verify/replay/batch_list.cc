#include "tools/bansos-verify/replay/batch_list.h"

#include "tools/bansos-verify/tree/big_endian.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::replay {

v1::BatchList ListOf(const State& state, const BatchId& batch) {
  v1::BatchList list;
  std::string digested;
  if (const BatchRecord* record = Find(state.batches, batch); record != nullptr) {
    for (const auto& [position, id] : record->list) {
      const int64_t amount = state.payments.at(id).amount;
      list.set_count(list.count() + 1);
      list.set_total(list.total() + amount);
      verify::AppendU64(digested, position);
      verify::AppendU64(digested, id.recipient);
      verify::AppendU64(digested, id.number);
      verify::AppendU64(digested, static_cast<uint64_t>(amount));
    }
  }
  list.set_digest(std::string(verify::Bytes(verify::Sha256(digested))));
  return list;
}

}  // namespace bansos::replay
