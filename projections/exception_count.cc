// How many exceptions there are of each kind, without looking at their rows.
#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/date.h"
#include "projections/exception_view.h"

namespace bansos {

absl::Status ExceptionView::CheckDate(Date date) {
  if (IsValidDate(date)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("exceptions are counted to a date, and ", date, " is none; give yyyymmdd"));
}

uint64_t ExceptionView::CountWaiting(const WaitingPayments& waiting, int64_t allowed, Date date) {
  uint64_t count = 0;
  for (const auto& [since, payments] : waiting.by_date()) {
    if (DaysBetween(since, date) <= allowed) break;
    count += payments;
  }
  return count;
}

ExceptionCount ExceptionView::CountCrowdedKks(Date date) const {
  ExceptionCount count{.kind = ExceptionKind::kCrowdedKk};
  const TokenGroups::Sizes& sizes = kks_.sizes();
  const auto allowed = static_cast<uint32_t>(
      std::min<uint64_t>(KkMaxRecipients(date), std::numeric_limits<uint32_t>::max()));
  for (auto it = sizes.upper_bound(allowed); it != sizes.end(); ++it) {
    count.rows += it->first * it->second;
    count.groups += it->second;
  }
  return count;
}

absl::StatusOr<std::vector<ExceptionCount>> ExceptionView::Count(Date date) const {
  RETURN_IF_ERROR(CheckDate(date));
  const auto simple = [](ExceptionKind kind, uint64_t rows) {
    return ExceptionCount{.kind = kind, .rows = rows, .groups = rows};
  };
  return std::vector<ExceptionCount>{
      simple(ExceptionKind::kHeldReport, reports_.rows().size()),
      simple(ExceptionKind::kPaidToTheDead, paid_to_the_dead_.size()),
      {.kind = ExceptionKind::kSharedAccount,
       .rows = accounts_.members(),
       .groups = accounts_.groups().size()},
      simple(ExceptionKind::kTwoPrograms, two_programs_.size()),
      CountCrowdedKks(date),
      simple(ExceptionKind::kUnrepairedReturn,
             CountWaiting(returns_, ReturnDaysAllowed(date), date)),
      simple(ExceptionKind::kFileIncomplete, files_.rows().size()),
      simple(ExceptionKind::kOrderUnanswered, CountWaiting(orders_, OrderDaysAllowed(date), date)),
      simple(ExceptionKind::kPayeeNameDiffers, differing_names_.size())};
}

}  // namespace bansos
