// Which lists of values a catalogue may state, and which values an assessment may then hold.
#include "ledger/domain/indicator_values.h"

#include <gtest/gtest.h>

#include <limits>

namespace bansos {
namespace {

Indicator Stating(IndicatorKind kind, std::vector<ValueRange> values) {
  return Indicator{1, "a", kind, "", "", "", std::move(values)};
}

TEST(IndicatorValuesTest, RangesRiseAndFitTheirKind) {
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kCoded, {{0, 0}, {2, 5}, {6, 6}})));
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kNumber, {{-5, 5}})));
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kBitmask, {{1, 1}, {2, 2}, {8, 8}})));
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kDate, {})));
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kIdentity, {})));
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_FALSE(CheckRanges(Stating(IndicatorKind::kNumber, {{kLeast, kMost}})));
  for (const Indicator& wrong :
       {Stating(IndicatorKind::kCoded, {}), Stating(IndicatorKind::kNumber, {}),
        Stating(IndicatorKind::kBitmask, {}), Stating(IndicatorKind::kCoded, {{5, 4}}),
        Stating(IndicatorKind::kCoded, {{1, 5}, {5, 9}}),
        Stating(IndicatorKind::kCoded, {{4, 5}, {1, 2}}),
        Stating(IndicatorKind::kBitmask, {{1, 2}}), Stating(IndicatorKind::kBitmask, {{3, 3}}),
        Stating(IndicatorKind::kBitmask, {{0, 0}}), Stating(IndicatorKind::kBitmask, {{-8, -8}}),
        Stating(IndicatorKind::kBitmask, {{kLeast, kLeast}}),
        Stating(IndicatorKind::kDate, {{1, 2}}), Stating(IndicatorKind::kIdentity, {{1, 2}})}) {
    const Check found = CheckRanges(wrong);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->code, RefusalCode::kBadNumber);
  }
}

TEST(IndicatorValuesTest, OnlyStatedValuesAreAllowed) {
  const Indicator coded = Stating(IndicatorKind::kCoded, {{0, 0}, {2, 5}});
  for (const int64_t value : {0, 2, 5}) EXPECT_TRUE(Allows(coded, value)) << value;
  for (const int64_t value : {-1, 1, 6, 9999}) EXPECT_FALSE(Allows(coded, value)) << value;
  const Indicator flags = Stating(IndicatorKind::kBitmask, {{1, 1}, {4, 4}});
  for (const int64_t value : {0, 1, 4, 5}) EXPECT_TRUE(Allows(flags, value)) << value;
  for (const int64_t value : {-1, 2, 3, 8}) EXPECT_FALSE(Allows(flags, value)) << value;
  const Indicator date = Stating(IndicatorKind::kDate, {});
  EXPECT_TRUE(Allows(date, 20240229));
  for (const int64_t value : {0, 20230229, -20240229}) EXPECT_FALSE(Allows(date, value)) << value;
  EXPECT_EQ(DescribeRanges(coded), "0 2..5");
  EXPECT_EQ(DescribeRanges(flags), "a sum of 1 4");
}

}  // namespace
}  // namespace bansos
