#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <string>

#include "tools/bansosctl/format/csv_row.h"
#include "tools/bansosctl/format/display_width.h"
#include "tools/bansosctl/format/number.h"
#include "tools/bansosctl/format/progress_bar.h"
#include "tools/bansosctl/format/table.h"

namespace bansos {
namespace {

using ::testing::HasSubstr;

TEST(NumberTest, CountsAreGroupedByPoints) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1000), "1.000");
  EXPECT_EQ(FormatCount(12'764), "12.764");
  EXPECT_EQ(FormatCount(-123'456), "-123.456");
  EXPECT_EQ(FormatCount(std::numeric_limits<int64_t>::min()), "-9.223.372.036.854.775.808");
}

TEST(NumberTest, RupiahPutTheSignFirst) {
  EXPECT_EQ(FormatRupiah(1'110'000), "Rp 1.110.000");
  EXPECT_EQ(FormatRupiah(-600'000), "-Rp 600.000");
}

TEST(NumberTest, SecondsAndPercentAreRoundedHalfUp) {
  EXPECT_EQ(FormatSeconds(0), "0,0 s");
  EXPECT_EQ(FormatSeconds(249), "0,2 s");
  EXPECT_EQ(FormatSeconds(250), "0,3 s");
  EXPECT_EQ(FormatSeconds(1'234'567), "1.234,6 s");
  EXPECT_EQ(FormatPercent(1, 8), "12,5 %");
  EXPECT_EQ(FormatPercent(1, 3), "33,3 %");
  EXPECT_EQ(FormatPercent(2, 3), "66,7 %");
  EXPECT_EQ(FormatPercent(5, 5), "100,0 %");
  EXPECT_EQ(FormatPercent(0, 0), "-");
  const int64_t max = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(FormatPercent(max, max), "100,0 %");
}

TEST(NumberTest, Dates) {
  const absl::CivilDay day(2025, 5, 9);
  EXPECT_EQ(FormatDate(day), "2025-05-09");
  EXPECT_EQ(FormatDateSlashed(day), "09/05/2025");
  EXPECT_EQ(FormatDateLong(day), "9 Mei 2025");
}

TEST(CsvRowTest, QuotesOnlyWhatNeedsIt) {
  std::string out;
  AppendCsvRow(out, {"a b", "1,5", "say \"ya\"", "two\nlines", "x;y", ""});
  EXPECT_EQ(out, "a b,\"1,5\",\"say \"\"ya\"\"\",\"two\nlines\",x;y,\n");
  out.clear();
  AppendCsvRow(out, {"1,5", "x;y"}, {.delimiter = ';', .line_end = "\r\n"});
  EXPECT_EQ(out, "1,5;\"x;y\"\r\n");
}

TEST(DisplayWidthTest, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("caf\xC3\xA9"), 4u);
  EXPECT_EQ(DisplayWidth("cafe\xCC\x81"), 4u);
  EXPECT_EQ(DisplayWidth("\xE4\xB8\xAD"), 2u);
  EXPECT_EQ(DisplayWidth("\xF0\x9F\x98\x80"), 2u);
  EXPECT_EQ(DisplayWidth("a\xFF\xC3"), 3u);
}

TEST(TableTest, AlignsColumnsAndSetsSumsApart) {
  Table table({{"area"}, {"paid", Align::kRight}});
  table.AddRow({"Blora", "Rp 600.000"});
  table.AddRow({"Caf\xC3\xA9", "Rp 0"});
  table.AddRule();
  table.AddRow({"sum", "Rp 600.000"});
  EXPECT_EQ(table.ToText(),
            "area         paid\n"
            "-----  ----------\n"
            "Blora  Rp 600.000\n"
            "Caf\xC3\xA9         Rp 0\n"
            "-----  ----------\n"
            "sum    Rp 600.000\n");
  EXPECT_EQ(table.ToCsv(), "area,paid\nBlora,Rp 600.000\nCaf\xC3\xA9,Rp 0\nsum,Rp 600.000\n");
}

TEST(TableTest, NoControlCharacterReachesTheTerminalAndNoSpaceEndsALine) {
  Table table({{"a"}, {"b"}});
  table.AddRow({"x\x1b[2J", "longer"});
  table.AddRow({"y", "z"});
  EXPECT_EQ(table.ToText(), "a      b\n-----  ------\nx?[2J  longer\ny      z\n");
}

class ProgressBarTest : public ::testing::Test {
 protected:
  ProgressBar Bar(std::optional<uint64_t> total, bool is_terminal = true) {
    return ProgressBar({"import", "rows", total}, clock_, out_, is_terminal);
  }
  ManualClock clock_{1'000'000};
  std::ostringstream out_;
};

TEST_F(ProgressBarTest, ShowsShareRateAndTimeLeft) {
  ProgressBar bar = Bar(1000);
  clock_.AdvanceMicros(2'000'000);
  bar.Update(250, 5000);
  EXPECT_EQ(out_.str(),
            "\rimport [#####...............] 25 %  5.000 rows  2.500/s  0:06 left\x1b[K");
}

TEST_F(ProgressBarTest, DrawsAtMostTenTimesASecond) {
  ProgressBar bar = Bar(1000);
  bar.Update(1, 1);
  const size_t once = out_.str().size();
  clock_.AdvanceMicros(99'999);
  bar.Update(2, 2);
  EXPECT_EQ(out_.str().size(), once);
  clock_.AdvanceMicros(1);
  bar.Update(3, 3);
  EXPECT_GT(out_.str().size(), once);
}

TEST_F(ProgressBarTest, FinishDrawsTheLastStateOnce) {
  ProgressBar bar = Bar(10);
  clock_.AdvanceMicros(1'000'000);
  bar.Update(10, 7);
  bar.Finish();
  const std::string finished = out_.str();
  EXPECT_THAT(finished, HasSubstr("100 %  7 rows  7/s\x1b[K\n"));
  bar.Finish();
  bar.Update(10, 8);
  EXPECT_EQ(out_.str(), finished);
}

TEST_F(ProgressBarTest, UnknownTotalShowsCountAndRateOnly) {
  ProgressBar bar = Bar(std::nullopt);
  clock_.AdvanceMicros(1'000'000);
  bar.Update(10, 7);
  EXPECT_EQ(out_.str(), "\rimport  7 rows  7/s\x1b[K");
}

TEST_F(ProgressBarTest, IsSilentWhenTheOutputIsNoTerminal) {
  ProgressBar bar = Bar(10, /*is_terminal=*/false);
  bar.Update(5, 5);
  bar.Finish();
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace bansos
