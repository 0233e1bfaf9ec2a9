#include "tools/bansosctl/client/tally.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

// Reasons come from tables, so they are few; a file cannot make them many.
constexpr size_t kReasonsMax = 200;
constexpr char kOtherReasons[] = "other reasons";

}  // namespace

void Tally::Add(const v1::Outcomes& outcomes) {
  for (const v1::AcceptedRange& range : outcomes.accepted()) {
    (range.already_recorded() ? already : recorded) += range.count();
  }
  for (const v1::Refusal& refusal : outcomes.refusals()) Reject(refusal.code());
}

void Tally::Reject(std::string reason) {
  ++rejected;
  if (rejected_by_reason.size() >= kReasonsMax && !rejected_by_reason.contains(reason)) {
    reason = kOtherReasons;
  }
  ++rejected_by_reason[std::move(reason)];
}

JsonObject Tally::ToJson() const {
  JsonObject reasons;
  for (const auto& [reason, count] : rejected_by_reason) reasons.Add(reason, count);
  JsonObject own;
  for (const auto& [name, count] : counts) own.Add(name, count);
  JsonObject json;
  json.Add("job", job).Add("unit", unit).Add("dry_run", dry_run);
  json.Add("items", items).Add("recorded", recorded).Add("already_recorded", already);
  json.Add("rejected", rejected).Add("rejected_by_reason", reasons).Add("counts", own);
  json.Add("elapsed_ms", elapsed_ms);
  return json;
}

Table Tally::ToTable() const {
  Table table({{job}, {unit, Align::kRight}});
  table.AddRow({"looked at", FormatCount(items)});
  table.AddRow({dry_run ? "would be recorded" : "recorded", FormatCount(recorded)});
  table.AddRow({"already recorded", FormatCount(already)});
  table.AddRow({"rejected", FormatCount(rejected)});
  for (const auto& [reason, count] : rejected_by_reason) {
    table.AddRow({absl::StrCat("  ", reason), FormatCount(count)});
  }
  for (const auto& [name, count] : counts) table.AddRow({name, FormatCount(count)});
  return table;
}

}  // namespace bansos
