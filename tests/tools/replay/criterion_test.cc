// Kleene's truth of criteria, and the facts of the ledger that they compare.
#include "tools/bansos-verify/replay/criterion.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/tools/replay/story.h"

namespace bansos::replay {
namespace {

v1::Expression Parsed(const std::string& text) {
  v1::Expression expression;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expression)) << text;
  return expression;
}

// Indicators t, f and u are 1, 0 and missing; n is 6.
OperandValue ValueOf(const v1::Expression& comparison) {
  if (comparison.indicator() == "t") return {.number = 1};
  if (comparison.indicator() == "f") return {.number = 0};
  if (comparison.indicator() == "n") return {.number = 6};
  return {};
}

// "ALL t f u": the operator over parts that are true, false or unknown.
v1::Truth TruthOfParts(const std::string& op, const std::string& parts, int at_least = 0) {
  std::string text = absl::StrCat("operator: OPERATOR_", op, " at_least: ", at_least);
  for (char part : parts) {
    absl::StrAppend(&text, " parts { operator: OPERATOR_EQUAL indicator: '", std::string(1, part),
                    "' numbers: 1 }");
  }
  return Evaluate(Parsed(text), ValueOf);
}

TEST(ReplayCriterion, CombinationsFollowKleene) {
  EXPECT_EQ(TruthOfParts("ALL", "tt"), v1::TRUTH_TRUE);
  EXPECT_EQ(TruthOfParts("ALL", "tu"), v1::TRUTH_UNKNOWN);
  EXPECT_EQ(TruthOfParts("ALL", "uf"), v1::TRUTH_FALSE);
  EXPECT_EQ(TruthOfParts("ANY", "ff"), v1::TRUTH_FALSE);
  EXPECT_EQ(TruthOfParts("ANY", "fu"), v1::TRUTH_UNKNOWN);
  EXPECT_EQ(TruthOfParts("ANY", "ut"), v1::TRUTH_TRUE);
  EXPECT_EQ(TruthOfParts("NONE", "ff"), v1::TRUTH_TRUE);
  EXPECT_EQ(TruthOfParts("NONE", "fu"), v1::TRUTH_UNKNOWN);
  EXPECT_EQ(TruthOfParts("NONE", "ut"), v1::TRUTH_FALSE);
  EXPECT_EQ(TruthOfParts("AT_LEAST", "ttu", 2), v1::TRUTH_TRUE);
  EXPECT_EQ(TruthOfParts("AT_LEAST", "tfu", 2), v1::TRUTH_UNKNOWN);
  EXPECT_EQ(TruthOfParts("AT_LEAST", "tff", 2), v1::TRUTH_FALSE);
}

TEST(ReplayCriterion, ComparisonsOfNumbers) {
  const struct {
    const char* op;
    const char* numbers;
    bool truth;
  } rows[] = {{"EQUAL", "6", true},
              {"EQUAL", "5", false},
              {"NOT_EQUAL", "6", false},
              {"NOT_EQUAL", "5", true},
              {"LESS", "7", true},
              {"LESS", "6", false},
              {"LESS_OR_EQUAL", "6", true},
              {"LESS_OR_EQUAL", "5", false},
              {"GREATER", "5", true},
              {"GREATER", "6", false},
              {"GREATER_OR_EQUAL", "6", true},
              {"GREATER_OR_EQUAL", "7", false},
              {"IN", "[1, 6]", true},
              {"IN", "[1, 5]", false},
              {"HAS_ANY_BIT", "3", true},
              {"HAS_ANY_BIT", "9", false},
              {"HAS_ALL_BITS", "6", true},
              {"HAS_ALL_BITS", "7", false},
              {"HAS_NO_BIT", "9", true},
              {"HAS_NO_BIT", "2", false}};
  for (const auto& row : rows) {
    const std::string known =
        absl::StrCat("operator: OPERATOR_", row.op, " indicator: 'n' numbers: ", row.numbers);
    EXPECT_EQ(Evaluate(Parsed(known), ValueOf), row.truth ? v1::TRUTH_TRUE : v1::TRUTH_FALSE)
        << known;
    const std::string unknown =
        absl::StrCat("operator: OPERATOR_", row.op, " indicator: 'u' numbers: ", row.numbers);
    EXPECT_EQ(Evaluate(Parsed(unknown), ValueOf), v1::TRUTH_UNKNOWN) << unknown;
  }
}

TEST(ReplayCriterion, FactsOfTheLedger) {
  Story story = DecreedStory();
  const CandidateId in_kjs{"KJS", 3};
  auto truth = [&](const std::string& fact, const std::string& comparison) {
    return Evaluate(Parsed("fact: LEDGER_FACT_" + fact + " operator: OPERATOR_" + comparison),
                    [&](const v1::Expression& node) {
                      return LedgerFactOf(story.ledger().state(), in_kjs, node.fact());
                    });
  };
  EXPECT_EQ(truth("KIND", "EQUAL numbers: 1"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("ALIVE", "EQUAL numbers: 1"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("CLASS", "IN texts: ['LKS', 'UMUM']"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("CLASS", "NOT_EQUAL texts: 'UMUM'"), v1::TRUTH_FALSE);
  EXPECT_EQ(truth("WORK_AREA", "NOT_EQUAL numbers: 3374"), v1::TRUTH_UNKNOWN);
  EXPECT_EQ(truth("RESIDENCE", "EQUAL numbers: 3319"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("OTHER_ENTITLEMENTS", "EQUAL numbers: 1"), v1::TRUTH_TRUE);
  story.Happen({
      "rina 20250301 AKTA:1 | recipient_died { recipient: 3 died_on: 20250220"
      " source: DEATH_SOURCE_FAMILY }",
      "rina 20250301 USUL:9 | candidate_proposed { program: 'KJS' recipient: 3"
      " proposer: 'DINSOS' candidate_class: 'LKS' work_area: 3374 }",
      "kadis 20250301 SK:6 | entitlement_ended { program: 'BLT' recipient: 3 slot: 1 holder: 1"
      " reason: END_REASON_DIED ended_on: 20250220 }",
  });
  EXPECT_EQ(truth("ALIVE", "EQUAL numbers: 0"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("CLASS", "EQUAL texts: 'LKS'"), v1::TRUTH_TRUE);
  EXPECT_EQ(truth("WORK_AREA", "NOT_EQUAL numbers: 3374"), v1::TRUTH_FALSE);
  EXPECT_EQ(truth("OTHER_ENTITLEMENTS", "EQUAL numbers: 0"), v1::TRUTH_TRUE);
}

}  // namespace
}  // namespace bansos::replay
