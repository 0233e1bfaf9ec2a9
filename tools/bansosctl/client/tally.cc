#include "tools/bansosctl/client/tally.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/bansosctl/format/number.h"

namespace bansos {
namespace {

// Reasons come from tables, so they are few; a file cannot make them many.
constexpr size_t kReasonsMax = 200;
constexpr char kOtherReasons[] = "other reasons";
// More lines would hide the table below them.
constexpr size_t kRefusalsTold = 20;

}  // namespace

void Tally::Add(const v1::Outcomes& outcomes) {
  for (const v1::AcceptedRange& range : outcomes.accepted()) {
    (range.already_recorded() ? already : recorded) += range.count();
  }
  for (const v1::Refusal& refusal : outcomes.refusals()) Reject(refusal.code());
}

void Tally::Add(const v1::Outcomes& outcomes, int items_asked,
                const std::function<std::string(int)>& name_of) {
  Add(outcomes);
  for (const v1::Refusal& refusal : outcomes.refusals()) {
    if (refusals.size() == kRefusalsTold) return;
    if (refusal.index() >= static_cast<uint32_t>(items_asked)) continue;  // of nothing we asked
    refusals.push_back(absl::StrCat(name_of(static_cast<int>(refusal.index())), ": ",
                                    refusal.code(), ": ", refusal.message()));
  }
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

Table Tally::ToTable(bool plain) const {
  Table table({{job}, {unit, Align::kRight}});
  const auto add = [&](std::string name, uint64_t count) {
    table.AddRow({std::move(name), plain ? std::to_string(count) : FormatCount(count)});
  };
  add("looked at", items);
  add(dry_run ? "would be recorded" : "recorded", recorded);
  add("already recorded", already);
  add("rejected", rejected);
  for (const auto& [reason, count] : rejected_by_reason) add(absl::StrCat("  ", reason), count);
  for (const auto& [name, count] : counts) add(name, count);
  return table;
}

}  // namespace bansos
