#include "ledger/log/bundle.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"

namespace bansos {

void AppendToBundle(std::string_view entry, std::string& bundle) {
  CHECK(entry.size() <= std::numeric_limits<uint16_t>::max()) << entry.size();
  AppendU16(bundle, static_cast<uint16_t>(entry.size()));
  bundle.append(entry);
}

absl::Status BundleView::Parse(std::string_view bytes) {
  size_ = 0;
  if (bytes.empty()) return absl::DataLossError("entry bundle is empty");
  size_t count = 0;
  size_t offset = 0;
  while (offset < bytes.size()) {
    if (count == kBundleWidth) {
      return absl::DataLossError(
          absl::StrCat("entry bundle goes on after ", kBundleWidth, " entries, at byte ", offset));
    }
    const std::string_view rest = bytes.substr(offset);
    if (rest.size() < sizeof(uint16_t)) {
      return absl::DataLossError(
          absl::StrCat("entry bundle ends inside a length, at byte ", offset));
    }
    const size_t length = LoadBigEndian<uint16_t>(rest);
    if (rest.size() - sizeof(uint16_t) < length) {
      return absl::DataLossError(
          absl::StrCat("entry bundle ends inside the entry at byte ", offset));
    }
    entries_[count++] = rest.substr(sizeof(uint16_t), length);
    offset += sizeof(uint16_t) + length;
  }
  CHECK(count >= 1 && count <= kBundleWidth && offset == bytes.size()) << offset;
  size_ = count;
  return absl::OkStatus();
}

}  // namespace bansos
