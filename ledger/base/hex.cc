#include "ledger/base/hex.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/escaping.h"

namespace bansos {

std::string HexEncode(std::string_view bytes) {
  return absl::BytesToHexString(absl::string_view(bytes.data(), bytes.size()));
}

std::optional<std::string> HexDecode(std::string_view text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (text.size() % 2 != 0 || !digits) return std::nullopt;
  return absl::HexStringToBytes(absl::string_view(text.data(), text.size()));
}

}  // namespace bansos
