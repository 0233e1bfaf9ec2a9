#include "tests/agreement/odd_rules.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace bansos::testing {
namespace {

using ledger::v1::Expression;

constexpr int kDeepest = 16;
constexpr int kLongestList = 256;

int64_t OddOperand(Oddities& odd) {
  return odd.Pick<int64_t>({0, 1, -1, 2, 3, 4, 5, 10, 20250101, 3374, 3301, 6, 8, int64_t{1} << 40,
                            1'000'000'000'000'000, -1'000'000'000'000'000, 1'000'000'000'000'001});
}

// Of one indicator or one fact of the ledger.
void FillComparison(Oddities& odd, bool facts, Expression& expression) {
  using ledger::v1::LedgerFact;
  expression.set_operator_(static_cast<ledger::v1::Operator>(
      ledger::v1::OPERATOR_EQUAL +
      odd.Below(ledger::v1::OPERATOR_HAS_NO_BIT - ledger::v1::OPERATOR_EQUAL + 1)));
  if (facts) {
    expression.set_fact(static_cast<LedgerFact>(1 + odd.Below(6)));
  } else {
    expression.set_indicator(kOddIndicators[odd.Below(std::size(kOddIndicators))]);
  }
  const bool one_of = expression.operator_() == ledger::v1::OPERATOR_IN;
  const int values = !one_of ? 1 : odd.OneIn(4) ? kLongestList : 1 + static_cast<int>(odd.Below(3));
  const bool texts = expression.fact() == ledger::v1::LEDGER_FACT_CLASS;
  if (texts && !one_of && expression.operator_() != ledger::v1::OPERATOR_NOT_EQUAL) {
    expression.set_operator_(ledger::v1::OPERATOR_EQUAL);
  }
  for (int i = 0; i < values; ++i) {
    if (texts) {
      expression.add_texts(i == 0 ? "UMUM" : absl::StrCat("KELAS-", i));
    } else {
      expression.add_numbers(OddOperand(odd));
    }
  }
  if (odd.OneIn(20)) expression.add_numbers(OddOperand(odd));
}

void Fill(Oddities& odd, bool facts, int depth, Expression& expression) {
  if (depth <= 1 || odd.OneIn(2)) return FillComparison(odd, facts, expression);
  expression.set_operator_(static_cast<ledger::v1::Operator>(
      ledger::v1::OPERATOR_ALL +
      odd.Below(ledger::v1::OPERATOR_AT_LEAST - ledger::v1::OPERATOR_ALL + 1)));
  const int parts = 1 + static_cast<int>(odd.Below(3));
  for (int i = 0; i < parts; ++i) {
    Fill(odd, odd.OneIn(60) ? !facts : facts, depth - 1, *expression.add_parts());
  }
  if (expression.operator_() == ledger::v1::OPERATOR_AT_LEAST) {
    expression.set_at_least(odd.OneIn(10) ? parts + 1 : 1 + odd.Below(parts));
  }
}

// A chain of combinations of one part each, as deep as it may be or one deeper.
void FillChain(Oddities& odd, bool facts, Expression& expression) {
  Expression* inner = &expression;
  const int depth = kDeepest + (odd.OneIn(3) ? 1 : 0);
  for (int level = 1; level < depth; ++level) {
    inner->set_operator_(odd.OneIn(2) ? ledger::v1::OPERATOR_ALL : ledger::v1::OPERATOR_ANY);
    inner = inner->add_parts();
  }
  FillComparison(odd, facts, *inner);
}

}  // namespace

ledger::v1::Criterion OddCriterion(Oddities& odd, int number) {
  ledger::v1::Criterion criterion;
  criterion.set_id(absl::StrCat("c.", number));
  criterion.set_title("A criterion");
  const bool facts = odd.OneIn(3);
  if (odd.OneIn(5)) {
    FillChain(odd, facts, *criterion.mutable_expression());
  } else {
    Fill(odd, facts, 4, *criterion.mutable_expression());
  }
  return criterion;
}

}  // namespace bansos::testing
