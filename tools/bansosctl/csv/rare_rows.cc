#include "tools/bansosctl/csv/rare_rows.h"

#include <cmath>

#include "ledger/base/check.h"

namespace bansos {

double ChanceOf(uint64_t rare, uint64_t rows, double rate) {
  CHECK(rare <= rows && rate > 0 && rate < 1);
  if (rare == 0) return 1;
  const double share = static_cast<double>(rare) / static_cast<double>(rows);
  if (share <= rate) return 1;
  const double others = share < 1 ? (1 - share) * std::log((1 - share) / (1 - rate)) : 0;
  return std::exp(-static_cast<double>(rows) * (share * std::log(share / rate) + others));
}

void RareRows::AddTo(Count& count, uint64_t row, bool rare) {
  ++count.rows;
  if (!rare) return;
  if (count.rare++ == 0) count.first_row = row;
  count.last_row = row;
}

void RareRows::Add(uint64_t row, bool rare) {
  AddTo(all_, row, rare);
  AddTo(block_, row, rare);
  if (block_.rows < kBlockRows) return;
  if (!improbable_block_ && ChanceOf(block_.rare, block_.rows, rate_) < kBlockChanceMin) {
    improbable_block_ = block_;
  }
  block_ = Count();
}

std::optional<RareRows::Count> RareRows::Improbable() const {
  if (ChanceOf(all_.rare, all_.rows, rate_) < kChanceMin) return all_;
  return improbable_block_;
}

}  // namespace bansos
