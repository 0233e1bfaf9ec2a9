// CheckWellFormed: the grammar of a criterion.
#include <algorithm>

#include "tools/bansos-verify/replay/criterion.h"

namespace bansos::replay {
namespace {

bool IsCombination(v1::Operator op) {
  return op == v1::OPERATOR_ALL || op == v1::OPERATOR_ANY || op == v1::OPERATOR_NONE ||
         op == v1::OPERATOR_AT_LEAST;
}

int DepthOf(const v1::Expression& expression) {
  int deepest = 0;
  for (const v1::Expression& part : expression.parts()) {
    deepest = std::max(deepest, DepthOf(part));
  }
  return deepest + 1;
}

int NodesOf(const v1::Expression& expression) {
  int nodes = 1;
  for (const v1::Expression& part : expression.parts()) nodes += NodesOf(part);
  return nodes;
}

// What is wrong with a combination; empty when nothing is.
std::string WrongWithCombination(const v1::Expression& node) {
  if (node.parts().empty()) return "a combination has no parts";
  if (!node.indicator().empty() || node.fact() != v1::LEDGER_FACT_UNSPECIFIED) {
    return "a combination has an operand";
  }
  if (!node.numbers().empty() || !node.texts().empty()) return "a combination has values";
  if (node.operator_() != v1::OPERATOR_AT_LEAST) {
    return node.at_least() == 0 ? "" : "only at_least counts parts";
  }
  const bool in_range =
      node.at_least() >= 1 && node.at_least() <= static_cast<uint32_t>(node.parts_size());
  return in_range ? "" : "at_least is not in 1 to the number of parts";
}

std::string WrongWithComparison(const v1::Expression& node) {
  if (!node.parts().empty() || node.at_least() != 0) return "a comparison has parts";
  const bool has_fact = node.fact() != v1::LEDGER_FACT_UNSPECIFIED;
  if (node.indicator().empty() != has_fact) return "a comparison has not exactly one operand";
  const bool is_in = node.operator_() == v1::OPERATOR_IN;
  const bool over_text = node.fact() == v1::LEDGER_FACT_CLASS;
  const int values = over_text ? node.texts_size() : node.numbers_size();
  const int of_other_sort = over_text ? node.numbers_size() : node.texts_size();
  if (of_other_sort != 0) return "texts go only and always with the class";
  if (is_in ? values < 1 : values != 1) return "a comparison has a wrong count of values";
  if (over_text && !is_in && node.operator_() != v1::OPERATOR_EQUAL &&
      node.operator_() != v1::OPERATOR_NOT_EQUAL) {
    return "the class has no order and no bits";
  }
  return "";
}

std::string WrongWith(const v1::Expression& node) {
  if (node.operator_() == v1::OPERATOR_UNSPECIFIED) return "an expression has no operator";
  if (!IsCombination(node.operator_())) return WrongWithComparison(node);
  std::string wrong = WrongWithCombination(node);
  if (!wrong.empty()) return wrong;
  for (const v1::Expression& part : node.parts()) {
    std::string wrong_below = WrongWith(part);
    if (!wrong_below.empty()) return wrong_below;
  }
  return "";
}

}  // namespace

Verdict CheckWellFormed(const v1::Criterion& criterion) {
  FAULT_UNLESS(DepthOf(criterion.expression()) <= kMaxExpressionDepth, "kBadCriterion",
               "criterion ", criterion.id(), " is deeper than ", kMaxExpressionDepth);
  FAULT_UNLESS(NodesOf(criterion.expression()) <= kMaxExpressionNodes, "kBadCriterion",
               "criterion ", criterion.id(), " has more nodes than ", kMaxExpressionNodes);
  const std::string wrong = WrongWith(criterion.expression());
  FAULT_UNLESS(wrong.empty(), "kBadCriterion", "criterion ", criterion.id(), ": ", wrong);
  return kAllowed;
}

}  // namespace bansos::replay
