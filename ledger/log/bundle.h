// Entry bundles as C2SP tlog-tiles defines them; writer and reader share this one codec.
//
//   bundle = 1*256(entry)
//   entry  = length (2 bytes, big-endian) followed by that many bytes
// A fragment is the part of a bundle that one commit wrote; its stored value has the same grammar.
#ifndef LEDGER_LOG_BUNDLE_H_
#define LEDGER_LOG_BUNDLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace bansos {

// Entries in a full bundle, and hashes in a full tile (C2SP tlog-tiles).
inline constexpr uint64_t kBundleWidth = 256;

// First position of the bundle after the one that holds `position`.
constexpr uint64_t NextBundleStart(uint64_t position) {
  return (position / kBundleWidth + 1) * kBundleWidth;
}

// REQUIRES: entry.size() <= 65535.
void AppendToBundle(std::string_view entry, std::string& bundle);

// The entries of one bundle or fragment, as views into its bytes. Input is hostile: any bytes may
// be parsed. Meant to be kept and parsed into again.
class BundleView {
 public:
  // DATA_LOSS, with the byte offset, unless `bytes` is a whole bundle or fragment; size() is then
  // 0.
  absl::Status Parse(std::string_view bytes);

  size_t size() const { return size_; }
  // REQUIRES: index < size(). Good for as long as the parsed bytes.
  std::string_view operator[](size_t index) const { return entries_[index]; }

 private:
  size_t size_ = 0;
  std::array<std::string_view, kBundleWidth> entries_;
};

}  // namespace bansos

#endif  // LEDGER_LOG_BUNDLE_H_
