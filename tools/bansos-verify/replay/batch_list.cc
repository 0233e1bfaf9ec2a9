#include "tools/bansos-verify/replay/batch_list.h"

#include "ledger/base/endian.h"
#include "ledger/base/hash.h"

namespace bansos::replay {

v1::BatchList ListOf(const State& state, const BatchId& batch) {
  v1::BatchList list;
  std::string digested;
  if (const BatchRecord* record = Find(state.batches, batch); record != nullptr) {
    for (const auto& [position, id] : record->list) {
      const int64_t amount = state.payments.at(id).amount;
      list.set_count(list.count() + 1);
      list.set_total(list.total() + amount);
      AppendU64(digested, position);
      AppendU64(digested, id.recipient);
      AppendU64(digested, id.number);
      AppendU64(digested, static_cast<uint64_t>(amount));
    }
  }
  const Hash digest = Sha256(digested);
  list.set_digest(std::string(AsBytes(digest)));
  return list;
}

}  // namespace bansos::replay
