// The events of a programme: their fields, and what is true of each (event_traits.h).
#ifndef LEDGER_DOMAIN_PROGRAM_EVENTS_H_
#define LEDGER_DOMAIN_PROGRAM_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/ids.h"
#include "ledger/domain/event_traits.h"
#include "ledger/domain/values.h"

namespace bansos {

struct Tranche {
  uint32_t number = 0;
  Rupiah amount = 0;
  Date entitlement_date = 0;

  template <typename V, FieldsOf<Tranche> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "number", x.number);
    visit(2, "amount", x.amount);
    visit(3, "entitlement_date", x.entitlement_date);
  }
};

struct ProgramOpened {
  static constexpr EventTraits kTraits = {.name = "ProgramOpened", .creates = Creates::kProgram};

  std::string program;
  std::string name;
  uint32_t fiscal_year = 0;
  Date fiscal_year_end = 0;
  uint32_t quota = 0;
  Fund fund = Fund::kApbdGeneral;
  std::vector<RecipientKind> recipient_kinds;
  std::vector<Tranche> tranches;
  bool amount_by_decree = false;

  Named Names() const { return {.program = program}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<ProgramOpened> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "name", x.name);
    visit(3, "fiscal_year", x.fiscal_year);
    visit(4, "fiscal_year_end", x.fiscal_year_end);
    visit(5, "quota", x.quota);
    visit(6, "fund", x.fund);
    visit(7, "recipient_kinds", x.recipient_kinds);
    visit(8, "tranches", x.tranches);
    visit(9, "amount_by_decree", x.amount_by_decree);
  }
};

struct ProgramAmended {
  static constexpr EventTraits kTraits = {.name = "ProgramAmended", .needs_document = true};

  std::string program;
  uint32_t quota = 0;
  std::vector<Tranche> tranches;

  Named Names() const { return {.program = program}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<ProgramAmended> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "quota", x.quota);
    visit(3, "tranches", x.tranches);
  }
};

struct Expression {
  Operator op = Operator::kAll;
  std::vector<Expression> parts;
  uint32_t at_least = 0;
  std::string indicator;
  LedgerFact fact = LedgerFact::kNone;
  std::vector<int64_t> numbers;
  std::vector<std::string> texts;

  template <typename V, FieldsOf<Expression> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "operator", x.op);
    visit(2, "parts", x.parts);
    visit(3, "at_least", x.at_least);
    visit(4, "indicator", x.indicator);
    visit(5, "fact", x.fact);
    visit(6, "numbers", x.numbers);
    visit(7, "texts", x.texts);
  }
};

struct Criterion {
  std::string id;
  std::string title;
  Expression expression;

  template <typename V, FieldsOf<Criterion> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "id", x.id);
    visit(2, "title", x.title);
    visit(3, "expression", x.expression);
  }
};

struct RuleSetPublished {
  static constexpr EventTraits kTraits = {.name = "RuleSetPublished"};

  std::string program;
  uint32_t version = 0;
  std::string legal_basis;
  Date date_in_force = 0;
  std::vector<Criterion> criteria;

  Named Names() const { return {.program = program}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<RuleSetPublished> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "version", x.version);
    visit(3, "legal_basis", x.legal_basis);
    visit(4, "date_in_force", x.date_in_force);
    visit(5, "criteria", x.criteria);
  }
};

struct BudgetAppropriated {
  static constexpr EventTraits kTraits = {.name = "BudgetAppropriated", .needs_document = true};

  std::string program;
  Rupiah amount = 0;

  Named Names() const { return {.program = program}; }
  std::string Key(const std::optional<Document>& document) const;
  Check Shape() const;
  template <typename V, FieldsOf<BudgetAppropriated> T>
  friend void VisitFields(V& visit, T& x) {
    visit(1, "program", x.program);
    visit(2, "amount", x.amount);
  }
};

}  // namespace bansos

#endif  // LEDGER_DOMAIN_PROGRAM_EVENTS_H_
