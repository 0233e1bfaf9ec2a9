// Prng: xoshiro256** seeded through splitmix64, with distributions of our own, all in integers: the
// same seed gives the same numbers on any machine and compiler. Not for secrets. Not thread-safe.
#ifndef TOOLS_BANSOSCTL_GENERATE_PRNG_H_
#define TOOLS_BANSOSCTL_GENERATE_PRNG_H_

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "ledger/base/check.h"

namespace bansos {

// One step of splitmix64: a well-mixed 64-bit hash of `x`.
inline uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

// FNV-1a, to draw by the content of a text.
inline uint64_t HashText(std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  return hash;
}

class Prng {
 public:
  // Streams of one seed are independent of each other.
  Prng(uint64_t seed, uint64_t stream) {
    uint64_t x = Mix(seed) ^ Mix(~stream);
    for (uint64_t& word : state_) word = Mix(x++);
  }

  uint64_t Next() {
    const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  // 0 to bound - 1, each alike. REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound) {
    CHECK(bound > 0);
    // Values below this would favour small results.
    const uint64_t reject_below = (0 - bound) % bound;
    uint64_t value = Next();
    while (value < reject_below) value = Next();
    return value % bound;
  }

  // REQUIRES: first <= last; both may come.
  int64_t Between(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(Below(static_cast<uint64_t>(last - first) + 1));
  }

  // True in `per_10k` of 10,000 cases.
  bool Chance(uint64_t per_10k) { return Below(10'000) < per_10k; }

  // An index by weight. REQUIRES: some weight is above 0.
  size_t PickWeighted(std::span<const uint16_t> weights) {
    uint64_t total = 0;
    for (uint16_t weight : weights) total += weight;
    uint64_t left = Below(total);
    size_t index = 0;
    while (left >= weights[index]) left -= weights[index++];
    return index;
  }
  size_t PickWeighted(std::initializer_list<uint16_t> weights) {
    return PickWeighted(std::span(weights.begin(), weights.size()));
  }

  template <typename Range>
  const auto& Pick(const Range& range) {
    return std::data(range)[Below(std::size(range))];
  }

 private:
  uint64_t state_[4];
};

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_GENERATE_PRNG_H_
