// ClearTextSearch: finds secrets that stand in clear in any bytes, in one pass, however many
// secrets there are (115,000 NIK over 500 MB take seconds).
//
// A secret is found as its own bytes and, when it is all digits with a value of at least
// kMinIntegerValue, as a big- or little-endian 8-byte integer and as a protobuf varint. Immutable
// after construction, thread-safe.
#ifndef TESTS_SUPPORT_CLEAR_TEXT_SEARCH_H_
#define TESTS_SUPPORT_CLEAR_TEXT_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace bansos::testing {

class ClearTextSearch {
 public:
  // Each pattern is looked up by this many of its bytes.
  static constexpr size_t kWindowBytes = 7;

  // Shorter secrets occur by chance in random bytes. Longer ones are found by all their bytes.
  static constexpr size_t kMinSecretBytes = 8;

  // Significant in kWindowBytes and more. Of a smaller integer a fixed width holds so many zeros
  // that the tokens and ciphertexts which follow zeros in a year's databases hit some of 100,000
  // account numbers of ten digits. A NIK or KK has 16 digits and is always above.
  static constexpr uint64_t kMinIntegerValue = uint64_t{1} << (8 * (kWindowBytes - 1));

  // So many findings tell all; a leaking export would have millions.
  static constexpr size_t kMaxFindings = 20;

  struct Finding {
    std::string secret;
    const char* form;  // "text", "big-endian", "little-endian" or "varint"
    size_t offset;     // of the first byte
  };

  // REQUIRES: each secret has at least kMinSecretBytes.
  explicit ClearTextSearch(const std::vector<std::string>& secrets);

  // The first findings in `bytes`, by their end.
  std::vector<Finding> Search(std::string_view bytes) const;

 private:
  struct Pattern {
    std::string bytes;
    size_t window_offset;
    uint32_t secret;
    const char* form;
  };

  void AddPattern(std::string bytes, size_t window_offset, uint32_t secret, const char* form);
  void AddIntegers(uint64_t value, uint32_t secret);
  void IndexPatterns();
  // Adds to `findings` what has its window at `window_at`.
  void Match(std::string_view bytes, size_t window_at, uint64_t window,
             std::vector<Finding>& findings) const;

  std::vector<std::string> secrets_;
  std::vector<Pattern> patterns_;                                        // sorted by window
  absl::flat_hash_map<uint64_t, std::pair<uint32_t, uint32_t>> ranges_;  // window -> patterns_
  // One bit a hashed window: turns most positions away without a look into the map.
  std::vector<uint64_t> filter_;
  int filter_shift_ = 0;
};

std::ostream& operator<<(std::ostream& out, const ClearTextSearch::Finding& finding);

}  // namespace bansos::testing

#endif  // TESTS_SUPPORT_CLEAR_TEXT_SEARCH_H_
