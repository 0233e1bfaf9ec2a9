#include "tools/bansosctl/export/checkpoint_text.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bansos {
namespace {

constexpr size_t kRootBytes = 32;

// Decimal without signs, spaces or leading zeros.
bool ParseSize(const std::string& text, uint64_t& size) {
  return absl::SimpleAtoi(text, &size) && absl::StrCat(size) == text;
}

}  // namespace

absl::StatusOr<CheckpointText> ParseCheckpointText(std::string_view bytes) {
  if (bytes.size() > kCheckpointBytesMax) return absl::InvalidArgumentError("it is too long");
  const std::string note(bytes);
  const size_t blank = note.rfind("\n\n");
  if (blank == std::string::npos || blank + 2 >= note.size() || note.back() != '\n') {
    return absl::InvalidArgumentError("it has no signature after a blank line");
  }
  const std::vector<std::string> lines = absl::StrSplit(note.substr(0, blank), '\n');
  CheckpointText text;
  if (lines.size() < 3 || lines[0].empty()) {
    return absl::InvalidArgumentError("it has no lines of origin, size and root");
  }
  text.origin = lines[0];
  if (!ParseSize(lines[1], text.size)) {
    return absl::InvalidArgumentError("its second line is no size");
  }
  if (!absl::Base64Unescape(lines[2], &text.root) || text.root.size() != kRootBytes) {
    return absl::InvalidArgumentError("its third line is no root of 32 bytes in base64");
  }
  return text;
}

}  // namespace bansos
