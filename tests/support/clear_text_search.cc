#include "tests/support/clear_text_search.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "absl/strings/numbers.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"

namespace bansos::testing {
namespace {

constexpr uint64_t kWindowMask = (uint64_t{1} << (8 * ClearTextSearch::kWindowBytes)) - 1;

// Bits of the filter for each pattern: one position in sixteen or fewer goes on to the map.
constexpr size_t kFilterBitsPerPattern = 16;

uint64_t WindowOf(std::string_view bytes) {
  uint64_t window = 0;
  for (size_t i = 0; i < ClearTextSearch::kWindowBytes; ++i) {
    window = (window << 8) | static_cast<uint8_t>(bytes[i]);
  }
  return window;
}

uint64_t FilterBit(uint64_t window, int shift) { return (window * 0x9E3779B97F4A7C15u) >> shift; }

std::optional<uint64_t> AsInteger(const std::string& secret) {
  uint64_t value = 0;
  const bool all_digits =
      std::all_of(secret.begin(), secret.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!all_digits || !absl::SimpleAtoi(secret, &value)) return std::nullopt;
  return value;
}

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

}  // namespace

ClearTextSearch::ClearTextSearch(const std::vector<std::string>& secrets) : secrets_(secrets) {
  std::sort(secrets_.begin(), secrets_.end());
  secrets_.erase(std::unique(secrets_.begin(), secrets_.end()), secrets_.end());
  for (uint32_t i = 0; i < secrets_.size(); ++i) {
    const std::string& secret = secrets_[i];
    CHECK(secret.size() >= kMinSecretBytes) << "too short to search for: " << secret;
    // The end of a NIK or a name tells more than its beginning.
    AddPattern(secret, secret.size() - kWindowBytes, i, "text");
    if (const auto value = AsInteger(secret); value.has_value() && *value >= kMinIntegerValue) {
      AddIntegers(*value, i);
    }
  }
  IndexPatterns();
}

void ClearTextSearch::AddPattern(std::string bytes, size_t window_offset, uint32_t secret,
                                 const char* form) {
  patterns_.push_back({std::move(bytes), window_offset, secret, form});
}

void ClearTextSearch::AddIntegers(uint64_t value, uint32_t secret) {
  std::string big_endian;
  AppendU64(big_endian, value);
  // The window is where the low-order bytes are, which differ most.
  AddPattern(std::string(big_endian.rbegin(), big_endian.rend()), 0, secret, "little-endian");
  AddPattern(std::move(big_endian), 8 - kWindowBytes, secret, "big-endian");
  AddPattern(Varint(value), 0, secret, "varint");
}

void ClearTextSearch::IndexPatterns() {
  const auto window_of = [](const Pattern& pattern) {
    return WindowOf(std::string_view(pattern.bytes).substr(pattern.window_offset));
  };
  std::sort(patterns_.begin(), patterns_.end(),
            [&](const Pattern& a, const Pattern& b) { return window_of(a) < window_of(b); });
  const size_t bits = std::bit_ceil(std::max<size_t>(64, patterns_.size() * kFilterBitsPerPattern));
  filter_.assign(bits / 64, 0);
  filter_shift_ = 64 - std::countr_zero(bits);
  for (uint32_t i = 0; i < patterns_.size(); ++i) {
    const uint64_t window = window_of(patterns_[i]);
    const auto [range, is_new] = ranges_.try_emplace(window, i, i);
    range->second.second = i + 1;
    const uint64_t bit = FilterBit(window, filter_shift_);
    filter_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

std::vector<ClearTextSearch::Finding> ClearTextSearch::Search(std::string_view bytes) const {
  std::vector<Finding> findings;
  const uint64_t* const filter = filter_.data();
  const int shift = filter_shift_;
  uint64_t window = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    window = ((window << 8) | static_cast<uint8_t>(bytes[at])) & kWindowMask;
    const uint64_t bit = FilterBit(window, shift);
    if ((filter[bit / 64] >> (bit % 64) & 1) == 0 || at + 1 < kWindowBytes) continue;
    Match(bytes, at + 1 - kWindowBytes, window, findings);
    if (findings.size() >= kMaxFindings) break;
  }
  return findings;
}

void ClearTextSearch::Match(std::string_view bytes, size_t window_at, uint64_t window,
                            std::vector<Finding>& findings) const {
  const auto range = ranges_.find(window);
  if (range == ranges_.end()) return;
  for (uint32_t i = range->second.first; i < range->second.second; ++i) {
    const Pattern& pattern = patterns_[i];
    if (window_at < pattern.window_offset) continue;
    const size_t begin = window_at - pattern.window_offset;
    if (bytes.substr(begin, pattern.bytes.size()) != pattern.bytes) continue;
    findings.push_back({secrets_[pattern.secret], pattern.form, begin});
  }
}

std::ostream& operator<<(std::ostream& out, const ClearTextSearch::Finding& finding) {
  return out << finding.secret << " as " << finding.form << " at byte " << finding.offset;
}

}  // namespace bansos::testing
