// StrongInt<Tag, Rep>: an integer that only mixes with its own kind, so that a slot is never passed
// for a tranche. Comparable, hashable by abseil, explicit to and from Rep. A value type.
#ifndef LEDGER_BASE_STRONG_INT_H_
#define LEDGER_BASE_STRONG_INT_H_

#include <compare>
#include <ostream>
#include <utility>

namespace bansos {

template <typename Tag, typename Rep>
class StrongInt {
 public:
  using Value = Rep;
  constexpr StrongInt() = default;
  constexpr explicit StrongInt(Rep value) : value_(value) {}
  constexpr Rep value() const { return value_; }
  friend constexpr auto operator<=>(StrongInt, StrongInt) = default;  // NOLINT
  template <typename H>
  friend H AbslHashValue(H h, StrongInt id) {
    return H::combine(std::move(h), id.value_);
  }
  friend std::ostream& operator<<(std::ostream& out, StrongInt id) { return out << +id.value_; }

 private:
  Rep value_ = 0;
};

}  // namespace bansos

#endif  // LEDGER_BASE_STRONG_INT_H_
