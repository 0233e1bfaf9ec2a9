#include "tests/support/setting_up_sentences.h"

#include "tests/support/rule_statement.h"

namespace bansos::testing {
namespace {

constexpr Date kInForce = 20250101;
constexpr char kLegalBasis[] = "Pergub 1/2025";

uint32_t ToSmall(uint64_t number) { return static_cast<uint32_t>(number); }

}  // namespace

EventBody OpenLedgerBody(const Sentence&) { return LedgerOpened{"test-ledger", 1}; }

EventBody AdoptRulesBody(const Sentence& s) {
  return RulesAdopted{ToSmall(NumberIn(s.words.At(1)))};
}

// "publishes-areas Kecamatan below 33.74 code 33.74.01 [twice]"
EventBody AreasBody(const Sentence& s) {
  AreasPublished e;
  e.name = s.words.At(1);
  e.version = ToSmall(s.words.Number("version", 1));
  e.legal_basis = kLegalBasis;
  e.date_in_force = kInForce;
  e.parent = s.words.After("below");
  e.areas.push_back({s.words.After("code"), "Somewhere"});
  if (s.words.Has("twice")) e.areas.push_back(e.areas.front());
  return e;
}

// "publishes-catalogue DT-JATENG version 2 [twice] [without-values]"
EventBody CatalogueBody(const Sentence& s) {
  CataloguePublished e;
  e.name = s.words.At(1);
  e.version = ToSmall(s.words.Number("version", 1));
  e.legal_basis = kLegalBasis;
  e.date_in_force = kInForce;
  Indicator decile{1, "desil", IndicatorKind::kNumber, "1-10", "decile", "DTKS", {{1, 10}}};
  if (s.words.Has("without-values")) decile.values.clear();
  e.indicators.push_back(decile);
  if (s.words.Has("twice")) e.indicators.push_back(decile);
  return e;
}

EventBody OpenProgramBody(const Sentence& s) {
  ProgramOpened e;
  e.program = s.words.At(1);
  e.name = "Programme " + e.program;
  e.fiscal_year = 2025;
  e.fiscal_year_end = 20251231;
  e.quota = ToSmall(s.words.Number("quota", 2));
  e.recipient_kinds = {RecipientKind::kPerson};
  e.amount_by_decree = s.words.Has("amount-by-decree");
  const uint32_t tranches = ToSmall(s.words.Number("tranches", 2));
  const uint32_t first = ToSmall(s.words.Number("numbered-from", 1));
  for (uint32_t i = 1; i <= tranches; ++i) {
    e.tranches.push_back({first + i - 1,
                          e.amount_by_decree ? 0 : Rupiah(s.words.Number("of", kTableAmount)),
                          static_cast<Date>(20250000 + i * 100 + 1)});
  }
  return e;
}

EventBody AmendBody(const Sentence& s) {
  ProgramAmended e{s.words.At(1), ToSmall(s.words.Number("quota", 2)), {}};
  for (uint32_t i = 1; i <= s.words.Number("tranches", 2); ++i) {
    e.tranches.push_back(
        {i, Rupiah(s.words.Number("of", kTableAmount)), static_cast<Date>(20250000 + i * 100 + 1)});
  }
  return e;
}

EventBody RuleSetBody(const Sentence& s) {
  RuleSetPublished e{s.words.At(1),
                     ToSmall(s.words.Number("version", 1)),
                     "Pergub 1/2025",
                     static_cast<Date>(s.words.Number("from", kInForce)),
                     {}};
  Criterion alive{"alive", "Lives", {}};
  alive.expression.op = Operator::kEqual;
  alive.expression.fact = LedgerFact::kAlive;
  alive.expression.numbers = {1};
  Criterion only{"only", "Holds no other entitlement", alive.expression};
  only.expression.fact = LedgerFact::kOtherEntitlements;
  only.expression.numbers = {0};
  e.criteria = {alive, only};
  if (s.words.Has("decile")) {
    Criterion poor{"poor", "Decile at most that", {}};
    poor.expression.op = Operator::kLessOrEqual;
    poor.expression.indicator = "desil";
    poor.expression.numbers = {static_cast<int64_t>(s.words.Number("decile"))};
    e.criteria.push_back(poor);
  }
  if (s.words.Has("asks-twice")) e.criteria.push_back(alive);
  if (s.words.Has("asks-nothing")) e.criteria[0].expression.numbers.clear();
  if (s.words.Has("asks-of")) {
    Criterion other{"other", "Of an indicator", {}};
    other.expression.op = Operator::kEqual;
    other.expression.indicator = s.words.After("asks-of");
    other.expression.numbers = {1};
    e.criteria.push_back(other);
  }
  if (s.words.Has("mixes")) {
    Criterion mixed{"mixed", "Lives and is poor", {}};
    mixed.expression.op = Operator::kAll;
    mixed.expression.parts = {alive.expression, alive.expression};
    mixed.expression.parts[1].fact = LedgerFact::kNone;
    mixed.expression.parts[1].indicator = "desil";
    e.criteria.push_back(mixed);
  }
  return e;
}

}  // namespace bansos::testing
