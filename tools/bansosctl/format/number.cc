#include "tools/bansosctl/format/number.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/base/check.h"

namespace bansos {
namespace {

constexpr const char* kMonths[] = {"Januari",   "Februari", "Maret",    "April",
                                   "Mei",       "Juni",     "Juli",     "Agustus",
                                   "September", "Oktober",  "November", "Desember"};

std::string Grouped(uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string out;
  out.reserve(digits.size() + digits.size() / 3);
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out.push_back('.');
    out.push_back(digits[i]);
  }
  return out;
}

// Also right for the smallest int64_t.
uint64_t Magnitude(int64_t value) {
  return value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}

std::string Tenths(uint64_t tenths) { return absl::StrCat(Grouped(tenths / 10), ",", tenths % 10); }

}  // namespace

std::string FormatCount(int64_t value) {
  return absl::StrCat(value < 0 ? "-" : "", Grouped(Magnitude(value)));
}

std::string FormatRupiah(int64_t rupiah) {
  return absl::StrCat(rupiah < 0 ? "-" : "", "Rp ", Grouped(Magnitude(rupiah)));
}

std::string FormatSeconds(int64_t ms) {
  CHECK(ms >= 0);
  return absl::StrCat(Tenths((static_cast<uint64_t>(ms) + 50) / 100), " s");
}

std::string FormatPercent(int64_t part, int64_t whole) {
  CHECK(part >= 0 && whole >= 0);
  if (whole == 0) return "-";
  const __int128 tenths =
      (static_cast<__int128>(part) * 2000 + whole) / (2 * static_cast<__int128>(whole));
  return absl::StrCat(Tenths(static_cast<uint64_t>(tenths)), " %");
}

std::string FormatDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string FormatDateSlashed(absl::CivilDay day) {
  return absl::StrFormat("%02d/%02d/%04d", day.day(), day.month(), day.year());
}

std::string FormatDateLong(absl::CivilDay day) {
  return absl::StrFormat("%d %s %d", day.day(), kMonths[day.month() - 1], day.year());
}

}  // namespace bansos
