// The events of the ledger itself: what is published for all programmes: their fields, and what is
// true of each (event_traits.h).
#ifndef LEDGER_DOMAIN_LEDGER_ROOT_EVENTS_H_
#define LEDGER_DOMAIN_LEDGER_ROOT_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct LedgerOpened {
  static constexpr EventTraits kTraits = {.name = "LedgerOpened", .key_place = KeyPlace::kState};

  std::string ledger_id;
  uint32_t rules_version = 0;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<LedgerOpened> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "ledger_id", x.ledger_id);
    visit(2, "rules_version", x.rules_version);
  }
};

struct RulesAdopted {
  static constexpr EventTraits kTraits = {.name = "RulesAdopted"};

  uint32_t version = 0;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<RulesAdopted> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "version", x.version);
  }
};

// Values from `first` to `last`, both included; a single code is a range of one.
struct ValueRange {
  int64_t first = 0;
  int64_t last = 0;

  template <typename V, FieldsOf<ValueRange> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "first", x.first);
    visit(2, "last", x.last);
  }
};

struct Indicator {
  uint32_t number = 0;
  std::string id;
  IndicatorKind kind = IndicatorKind::kCoded;
  std::string codes;
  std::string meaning;
  std::string source;
  std::vector<ValueRange> values;  // see indicator_values.h

  template <typename V, FieldsOf<Indicator> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "number", x.number);
    visit(2, "id", x.id);
    visit(3, "kind", x.kind);
    visit(4, "codes", x.codes);
    visit(5, "meaning", x.meaning);
    visit(6, "source", x.source);
    visit(7, "values", x.values);
  }
};

struct CataloguePublished {
  static constexpr EventTraits kTraits = {.name = "CataloguePublished"};

  std::string name;
  uint32_t version = 0;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Indicator> indicators;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<CataloguePublished> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "name", x.name);
    visit(2, "version", x.version);
    visit(3, "legal_basis", x.legal_basis);
    visit(4, "date_in_force", x.date_in_force);
    visit(5, "indicators", x.indicators);
  }
};

struct Area {
  std::string code;
  std::string name;

  template <typename V, FieldsOf<Area> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "code", x.code);
    visit(2, "name", x.name);
  }
};

struct AreasPublished {
  static constexpr EventTraits kTraits = {.name = "AreasPublished"};

  std::string name;
  uint32_t version = 0;
  std::string parent;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Area> areas;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<AreasPublished> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "name", x.name);
    visit(2, "version", x.version);
    visit(3, "parent", x.parent);
    visit(4, "legal_basis", x.legal_basis);
    visit(5, "date_in_force", x.date_in_force);
    visit(6, "areas", x.areas);
  }
};

struct PolicySet {
  static constexpr EventTraits kTraits = {.name = "PolicySet"};

  std::string name;
  uint32_t version = 0;
  int64_t value = 0;
  std::string legal_basis;
  Date date_in_force = 0;

  Named Names() const { return {}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<PolicySet> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "name", x.name);
    visit(2, "version", x.version);
    visit(3, "value", x.value);
    visit(4, "legal_basis", x.legal_basis);
    visit(5, "date_in_force", x.date_in_force);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_LEDGER_ROOT_EVENTS_H_
