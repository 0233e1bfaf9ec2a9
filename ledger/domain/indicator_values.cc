#include "ledger/domain/indicator_values.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/domain/date.h"

namespace bansos {
namespace {

bool IsFlag(const ValueRange& range) {
  return range.first == range.last && range.first > 0 &&
         std::has_single_bit(static_cast<uint64_t>(range.first));
}

}  // namespace

Check CheckRanges(const Indicator& indicator) {
  const bool has_none =
      indicator.kind == IndicatorKind::kDate || indicator.kind == IndicatorKind::kIdentity;
  REFUSE_IF(indicator.values.empty() != has_none, RefusalCode::kBadNumber,
            absl::StrCat("indicator ", indicator.id,
                         has_none ? " has values, which its kind has not" : " states no values"));
  const ValueRange* before = nullptr;
  for (const ValueRange& range : indicator.values) {
    REFUSE_IF(
        range.first > range.last || (before != nullptr && range.first <= before->last),
        RefusalCode::kBadNumber,
        absl::StrCat("indicator ", indicator.id, ": its values do not rise at ", range.first));
    REFUSE_IF(indicator.kind == IndicatorKind::kBitmask && !IsFlag(range), RefusalCode::kBadNumber,
              absl::StrCat("indicator ", indicator.id, ": ", range.first, " is no single flag"));
    before = &range;
  }
  return std::nullopt;
}

bool Allows(const Indicator& indicator, int64_t value) {
  if (indicator.kind == IndicatorKind::kDate) {
    return value > 0 && value <= std::numeric_limits<Date>::max() &&
           IsValidDate(static_cast<Date>(value));
  }
  if (indicator.kind == IndicatorKind::kBitmask) {
    int64_t flags = 0;
    for (const ValueRange& flag : indicator.values) flags |= flag.first;
    return (value & ~flags) == 0;
  }
  return std::any_of(
      indicator.values.begin(), indicator.values.end(),
      [value](const ValueRange& range) { return range.first <= value && value <= range.last; });
}

std::string DescribeRanges(const Indicator& indicator) {
  if (indicator.kind == IndicatorKind::kDate) return "a date as yyyymmdd";
  return absl::StrCat(
      indicator.kind == IndicatorKind::kBitmask ? "a sum of " : "",
      absl::StrJoin(indicator.values, " ", [](std::string* out, const ValueRange& range) {
        absl::StrAppend(out, range.first);
        if (range.last != range.first) absl::StrAppend(out, "..", range.last);
      }));
}

}  // namespace bansos
