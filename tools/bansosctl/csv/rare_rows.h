// RareRows: counts rows that have something which honest data have at a known rate, and tells when
// they are too many to be chance.
//
// Both the whole column and each block of kBlockRows are looked at, so that damage of a stretch of
// a long file shows too. The chance of k or more of n at rate p is at most exp(-n D(k/n, p)), where
// D(a, p) = a ln(a/p) + (1-a) ln((1-a)/(1-p)) (Chernoff): a bound, so nothing is called improbable
// that is not. Needs no least number of rows: few rows say little by themselves. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_CSV_RARE_ROWS_H_
#define TOOLS_BANSOSCTL_CSV_RARE_ROWS_H_

#include <cstdint>
#include <optional>

namespace bansos {

// Of a sound file in a million one is refused.
inline constexpr double kChanceMin = 1e-6;
// A file of the greatest size has fewer than a million blocks, so by its blocks no more than one
// sound file in a million is refused either.
inline constexpr double kBlockChanceMin = 1e-12;
// At one in ten by itself, half of a block is already beyond kBlockChanceMin.
inline constexpr uint64_t kBlockRows = 64;

// At most the chance of `rare` or more among `rows` at `rate`.
double ChanceOf(uint64_t rare, uint64_t rows, double rate);

class RareRows {
 public:
  struct Count {
    uint64_t rows = 0;
    uint64_t rare = 0;
    uint64_t first_row = 0;  // where the rare ones begin and end
    uint64_t last_row = 0;
  };

  explicit RareRows(double rate) : rate_(rate) {}
  void Add(uint64_t row, bool rare);
  // What is too much to be chance: the whole, else the first such block.
  std::optional<Count> Improbable() const;

 private:
  static void AddTo(Count& count, uint64_t row, bool rare);

  const double rate_;
  Count all_;
  Count block_;
  std::optional<Count> improbable_block_;
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CSV_RARE_ROWS_H_
