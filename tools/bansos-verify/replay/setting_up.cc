// The ledger itself, and what the office publishes: catalogues, areas, policies.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "tools/bansos-verify/replay/rules.h"
#include "tools/bansos-verify/replay/shape_checks.h"

namespace bansos::replay {
namespace {

// "33.74" is directly below "33": one more group of digits.
bool IsDirectlyBelow(const std::string& code, const std::string& parent) {
  if (!absl::StartsWith(code, parent + ".")) return false;
  const std::string rest = code.substr(parent.size() + 1);
  return !rest.empty() &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return absl::ascii_isdigit(c); });
}

uint32_t LastCatalogueVersion(const State& state, const std::string& name) {
  uint32_t last = 0;
  for (const auto& [key, indicators] : state.catalogues) {
    if (key.first == name) last = std::max(last, key.second);
  }
  return last;
}

// Coded values, numbers and flags are stated as ranges that rise without touching; each flag is a
// range of its own. Dates and identity data state none.
Verdict CheckValuesStated(const v1::Indicator& indicator) {
  const bool measured = indicator.kind() != v1::INDICATOR_KIND_DATE &&
                        indicator.kind() != v1::INDICATOR_KIND_IDENTITY;
  FAULT_UNLESS((indicator.values_size() > 0) == measured, "kBadNumber", "indicator ",
               indicator.id(), " states ", indicator.values_size(), " ranges of values");
  for (int i = 0; i < indicator.values_size(); ++i) {
    const int64_t first = indicator.values(i).first();
    const int64_t last = indicator.values(i).last();
    FAULT_UNLESS(first <= last && (i == 0 || indicator.values(i - 1).last() < first), "kBadNumber",
                 "indicator ", indicator.id(), ": range ", i, " does not rise");
    const bool flag = first == last && first > 0 && (first & (first - 1)) == 0;
    FAULT_UNLESS(flag || indicator.kind() != v1::INDICATOR_KIND_BITMASK, "kBadNumber", "indicator ",
                 indicator.id(), ": range ", i, " is no single flag");
  }
  return kAllowed;
}

Verdict CheckValueShapes(const v1::Indicator& indicator) {
  RETURN_IF_FAULT(CheckAtMost(indicator.values_size(), kMaxValueRanges, "count of value ranges"));
  for (const v1::ValueRange& range : indicator.values()) {
    for (const int64_t value : {range.first(), range.last()}) {
      FAULT_UNLESS(value >= -kMaxIndicatorValue && value <= kMaxIndicatorValue, "kBadNumber",
                   "indicator ", indicator.id(), ": value ", value, " is beyond ",
                   kMaxIndicatorValue);
    }
  }
  return kAllowed;
}

Verdict CheckRulesVersion(uint32_t version) {
  FAULT_UNLESS(version <= kNewestRulesVersion, "kRulesVersionUnknown", "version ", version,
               " of the rules is not known to this program");
  return kAllowed;
}

}  // namespace

Verdict CheckShape(const v1::LedgerOpened& opened) {
  RETURN_IF_FAULT(CheckText(opened.ledger_id(), "ledger id"));
  RETURN_IF_FAULT(CheckNotPersonal(opened.ledger_id(), "ledger id"));
  return CheckNumber(opened.rules_version(), kMaxVersion, "version of the rules");
}

Verdict CheckRules(const State&, const v1::Event&, const v1::LedgerOpened& opened) {
  return CheckRulesVersion(opened.rules_version());
}

void Record(State& state, const v1::Event&, const v1::LedgerOpened& opened) {
  state.rules_version = opened.rules_version();
}

Verdict CheckShape(const v1::RulesAdopted& adopted) {
  return CheckNumber(adopted.version(), kMaxVersion, "version of the rules");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::RulesAdopted& adopted) {
  FAULT_UNLESS(adopted.version() == state.rules_version + 1, "kVersionOutOfOrder", "version ",
               adopted.version(), " of the rules after ", state.rules_version);
  return CheckRulesVersion(adopted.version());
}

void Record(State& state, const v1::Event&, const v1::RulesAdopted& adopted) {
  state.rules_version = adopted.version();
}

Verdict CheckShape(const v1::CataloguePublished& published) {
  RETURN_IF_FAULT(CheckName(published.name(), "name of the catalogue"));
  RETURN_IF_FAULT(CheckNumber(published.version(), kMaxVersion, "version of the catalogue"));
  RETURN_IF_FAULT(CheckText(published.legal_basis(), "legal basis"));
  RETURN_IF_FAULT(CheckDate(published.date_in_force(), "date in force"));
  RETURN_IF_FAULT(CheckNumber(published.indicators_size(), kMaxIndicators, "count of indicators"));
  for (const v1::Indicator& indicator : published.indicators()) {
    RETURN_IF_FAULT(
        CheckNumber(indicator.number(), kMaxIndicatorNumber, "number of the indicator"));
    RETURN_IF_FAULT(CheckName(indicator.id(), "id of the indicator"));
    RETURN_IF_FAULT(CheckEnum(indicator.kind(), v1::IndicatorKind_IsValid(indicator.kind()),
                              "kind of the indicator"));
    RETURN_IF_FAULT(CheckOptionalText(indicator.codes(), "codes of the indicator"));
    RETURN_IF_FAULT(CheckOptionalText(indicator.meaning(), "meaning of the indicator"));
    RETURN_IF_FAULT(CheckOptionalText(indicator.source(), "source of the indicator"));
    RETURN_IF_FAULT(CheckValueShapes(indicator));
  }
  return kAllowed;
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::CataloguePublished& published) {
  const uint32_t last = LastCatalogueVersion(state, published.name());
  FAULT_UNLESS(published.version() == last + 1, "kVersionOutOfOrder", "catalogue ",
               published.name(), ": version ", published.version(), " after ", last);
  std::set<std::string> ids;
  std::set<uint32_t> numbers;
  for (const v1::Indicator& indicator : published.indicators()) {
    FAULT_UNLESS(ids.insert(indicator.id()).second && numbers.insert(indicator.number()).second,
                 "kDoubledEntry", "catalogue ", published.name(), ": indicator ",
                 indicator.number(), " ", indicator.id(), " twice");
    RETURN_IF_FAULT(CheckValuesStated(indicator));
  }
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::CataloguePublished& published) {
  auto& indicators = state.catalogues[{published.name(), published.version()}];
  for (const v1::Indicator& indicator : published.indicators()) {
    MeasuredBy& stated = indicators[indicator.id()];
    stated.kind = indicator.kind();
    for (const v1::ValueRange& range : indicator.values()) {
      stated.values.emplace_back(range.first(), range.last());
    }
  }
}

Verdict CheckShape(const v1::AreasPublished& published) {
  RETURN_IF_FAULT(CheckName(published.name(), "name of the list of areas"));
  RETURN_IF_FAULT(CheckNumber(published.version(), kMaxVersion, "version of the areas"));
  RETURN_IF_FAULT(CheckPlaceCode(published.parent(), "code of the area above"));
  RETURN_IF_FAULT(CheckText(published.legal_basis(), "legal basis"));
  RETURN_IF_FAULT(CheckDate(published.date_in_force(), "date in force"));
  RETURN_IF_FAULT(CheckNumber(published.areas_size(), kMaxAreas, "count of areas"));
  for (const v1::Area& area : published.areas()) {
    RETURN_IF_FAULT(CheckPlaceCode(area.code(), "code of the area"));
    RETURN_IF_FAULT(CheckText(area.name(), "name of the area"));
  }
  return kAllowed;
}

Verdict CheckRules(const State&, const v1::Event&, const v1::AreasPublished& published) {
  std::set<std::string> codes;
  for (const v1::Area& area : published.areas()) {
    FAULT_UNLESS(IsDirectlyBelow(area.code(), published.parent()), "kAreaNotBelowParent", "area ",
                 area.code(), " is not directly below ", published.parent());
    FAULT_UNLESS(codes.insert(area.code()).second, "kDoubledEntry", "area ", area.code(), " twice");
  }
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::AreasPublished& published) {
  for (const v1::Area& area : published.areas()) state.areas.insert(area.code());
}

Verdict CheckShape(const v1::PolicySet& set) {
  RETURN_IF_FAULT(CheckName(set.name(), "name of the policy"));
  FAULT_UNLESS(set.value() >= 0 && set.value() <= kMaxPolicyValue, "kBadNumber",
               "value of the policy ", set.value());
  RETURN_IF_FAULT(CheckNumber(set.version(), kMaxVersion, "version of the policy"));
  RETURN_IF_FAULT(CheckText(set.legal_basis(), "legal basis"));
  return CheckDate(set.date_in_force(), "date in force");
}

Verdict CheckRules(const State& state, const v1::Event&, const v1::PolicySet& set) {
  const uint32_t* last = Find(state.policies, set.name());
  FAULT_UNLESS(set.version() == (last == nullptr ? 0 : *last) + 1, "kVersionOutOfOrder", "policy ",
               set.name(), ": version ", set.version(), " is not the next");
  return kAllowed;
}

void Record(State& state, const v1::Event&, const v1::PolicySet& set) {
  state.policies[set.name()] = set.version();
}

}  // namespace bansos::replay
