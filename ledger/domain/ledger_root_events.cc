#include "ledger/domain/ledger_root_events.h"

#include "absl/strings/str_cat.h"
#include "ledger/domain/key_text.h"
#include "ledger/domain/shape_rules.h"

namespace bansos {
namespace {

using namespace shape;  // NOLINT(google-build-using-namespace): the stones of this file.

Check IndicatorShape(const Indicator& indicator) {
  RETURN_IF_REFUSED(Number("indicator number", indicator.number, kMaxIndicatorNumber));
  RETURN_IF_REFUSED(Name("indicator id", indicator.id));
  RETURN_IF_REFUSED(OneOf("indicator kind", indicator.kind, IndicatorKind::kDate));
  RETURN_IF_REFUSED(OptionalText("indicator codes", indicator.codes));
  RETURN_IF_REFUSED(OptionalText("indicator meaning", indicator.meaning));
  RETURN_IF_REFUSED(OptionalText("indicator source", indicator.source));
  RETURN_IF_REFUSED(AtMost("indicator values", indicator.values.size(), kMaxValueRanges));
  for (const ValueRange& range : indicator.values) {
    RETURN_IF_REFUSED(IndicatorValue("indicator value", range.first));
    RETURN_IF_REFUSED(IndicatorValue("indicator value", range.last));
  }
  return std::nullopt;
}

}  // namespace

std::string LedgerOpened::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name);
}
Check LedgerOpened::Shape() const {
  RETURN_IF_REFUSED(Text("ledger id", ledger_id));
  RETURN_IF_REFUSED(NotPersonal("ledger id", ledger_id));
  return Number("rules version", rules_version, kMaxVersion);
}

std::string RulesAdopted::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, version);
}
Check RulesAdopted::Shape() const { return Number("version", version, kMaxVersion); }

std::string CataloguePublished::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, version, name);
}
Check CataloguePublished::Shape() const {
  RETURN_IF_REFUSED(Name("name", name));
  RETURN_IF_REFUSED(Legal(version, legal_basis, date_in_force));
  RETURN_IF_REFUSED(Number("indicators", indicators.size(), kMaxIndicators));
  for (const Indicator& indicator : indicators) RETURN_IF_REFUSED(IndicatorShape(indicator));
  return std::nullopt;
}

std::string AreasPublished::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, version, parent, name);
}
Check AreasPublished::Shape() const {
  RETURN_IF_REFUSED(Name("name", name));
  RETURN_IF_REFUSED(Legal(version, legal_basis, date_in_force));
  RETURN_IF_REFUSED(PlaceCode("parent", parent));
  RETURN_IF_REFUSED(Number("areas", areas.size(), kMaxAreas));
  for (const Area& area : areas) {
    RETURN_IF_REFUSED(PlaceCode("area code", area.code));
    RETURN_IF_REFUSED(Text("area name", area.name));
  }
  return std::nullopt;
}

std::string PolicySet::Key(const std::optional<Document>&) const {
  return KeyText(kTraits.name, version, name);
}
Check PolicySet::Shape() const {
  RETURN_IF_REFUSED(Name("name", name));
  REFUSE_FIELD_IF(value < 0 || value > kMaxPolicyValue, RefusalCode::kBadNumber, "value",
                  absl::StrCat("is not 0 to ", kMaxPolicyValue));
  return Legal(version, legal_basis, date_in_force);
}

}  // namespace bansos
