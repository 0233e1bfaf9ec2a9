#include "tools/bansosctl/csv/row_error.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bansos {
namespace {

// Enough to recognise a date, a code or an amount; long text would only clutter the rejects file.
constexpr size_t kShownBytesMax = 40;
// NIK and KK have 16 digits, bank accounts 10 or more.
constexpr int kShownDigitsMax = 9;

}  // namespace

bool IsRejectsHeading(std::string_view heading) {
  return std::find(std::begin(kRejectsHeadings), std::end(kRejectsHeadings), heading) !=
         std::end(kRejectsHeadings);
}

std::string ShowSafely(const Column& column, std::string_view value) {
  if (column.personal || value.empty()) return "";
  const auto digits = std::count_if(value.begin(), value.end(), absl::ascii_isdigit);
  if (digits > kShownDigitsMax) return absl::StrCat("(", digits, " digits, not shown)");
  size_t length = std::min(value.size(), kShownBytesMax);
  while (length < value.size() && length > 0 && (value[length] & 0xC0) == 0x80) --length;
  std::string shown(value.substr(0, length));
  for (char& c : shown) {
    if (absl::ascii_iscntrl(c)) c = '?';
  }
  if (length < value.size()) shown += "...";
  return shown;
}

}  // namespace bansos
