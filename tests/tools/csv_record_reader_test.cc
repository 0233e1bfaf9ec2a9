#include "tools/bansosctl/csv/record_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// One line per row: "row number|field|field", or "row number!reason".
absl::StatusOr<std::vector<std::string>> ReadAll(std::string bytes, size_t piece_bytes = 1) {
  absl::StatusOr<std::unique_ptr<RecordReader>> reader =
      RecordReader::Open(std::make_unique<StringSource>(std::move(bytes), piece_bytes));
  if (!reader.ok()) return reader.status();
  std::vector<std::string> rows;
  while (true) {
    absl::StatusOr<RecordReader::Step> step = (*reader)->Next();
    if (!step.ok()) return step.status();
    if (*step == RecordReader::Step::kEnd) return rows;
    std::string row = std::to_string((*reader)->row());
    if (*step == RecordReader::Step::kBadRow) {
      row += "!" + (*reader)->bad_row().reason;
    } else {
      const Record& record = (*reader)->record();
      for (size_t i = 0; i < record.size(); ++i) row += "|" + std::string(record.field(i));
    }
    rows.push_back(row);
  }
}

std::vector<std::string> MustRead(std::string bytes, size_t piece_bytes = 1) {
  absl::StatusOr<std::vector<std::string>> rows = ReadAll(std::move(bytes), piece_bytes);
  EXPECT_OK(rows);
  return rows.ok() ? *std::move(rows) : std::vector<std::string>{};
}

TEST(RecordReaderTest, SplitsByTheDelimiterOfTheHeader) {
  EXPECT_THAT(MustRead("a,b\n1,2\n"), ElementsAre("1|a|b", "2|1|2"));
  EXPECT_THAT(MustRead("a;b\n1,5;2\n"), ElementsAre("1|a|b", "2|1,5|2"));
  EXPECT_THAT(MustRead("a\tb\n1;\t2\n"), ElementsAre("1|a|b", "2|1;|2"));
  EXPECT_THAT(MustRead("\"a;x;y\",b\n1,2\n"), ElementsAre("1|a;x;y|b", "2|1|2"));
}

TEST(RecordReaderTest, SepLineAndByteOrderMarkAreTakenOff) {
  EXPECT_THAT(MustRead("\xEF\xBB\xBFsep=;\r\na,1;b\r\n1;2\r\n"), ElementsAre("2|a,1|b", "3|1|2"));
  EXPECT_THAT(MustRead("\"sep=,\"\na,b;\n"), ElementsAre("2|a|b;"));
  EXPECT_THAT(ReadAll("sep=|\na|b\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sep=")));
}

TEST(RecordReaderTest, LineEndsOfEverySystem) {
  EXPECT_THAT(MustRead("a,b\r\n1,2\r\n3,4"), ElementsAre("1|a|b", "2|1|2", "3|3|4"));
  EXPECT_THAT(MustRead("a,b\r1,2\r"), ElementsAre("1|a|b", "2|1|2"));
  EXPECT_THAT(MustRead("a,b\n\n1,\n,"), ElementsAre("1|a|b", "2|", "3|1|", "4||"));
}

TEST(RecordReaderTest, QuotesHoldDelimitersQuotesAndLineEnds) {
  EXPECT_THAT(MustRead("a,b\n\"1,x\",\"say \"\"ya\"\"\"\n\"two\r\nlines\",2\n3,\"\""),
              ElementsAre("1|a|b", "2|1,x|say \"ya\"", "3|two\r\nlines|2", "5|3|"));
  EXPECT_THAT(MustRead("a,b\n=\"337\",Budi \"Iwan\"\n"),
              ElementsAre("1|a|b", "2|=\"337\"|Budi \"Iwan\""));
}

TEST(RecordReaderTest, UnclosedQuoteDoesNotSwallowTheRowsAfterIt) {
  EXPECT_THAT(
      MustRead("a,b\n1,\"x\n3,4\n5,6\n"),
      ElementsAre("1|a|b", "2!a quote opened on this row is never closed", "3|3|4", "4|5|6"));
  std::string far = "a,b\n1,\"x\n";
  for (int i = 0; i < 10'000; ++i) far += "3,4\n";
  const std::vector<std::string> rows = MustRead(far, 4096);
  ASSERT_THAT(rows, SizeIs(10'002));
  EXPECT_THAT(rows[1], HasSubstr("2!a quoted field is longer than"));
  EXPECT_EQ(rows[2], "3|3|4");
}

TEST(RecordReaderTest, TextAfterAClosingQuoteIsABadRow) {
  EXPECT_THAT(MustRead("a,b\n\"1\"x,2\n3,4\n"),
              ElementsAre("1|a|b", "2!text follows a closing quote", "3|3|4"));
}

TEST(RecordReaderTest, RowAtTheLimitPassesAndOneByteMoreIsRejected) {
  const std::string longest(kCsvRowBytesMax - 2, 'x');
  const std::vector<std::string> rows =
      MustRead("a,b\r\n1," + longest + "\r\n1," + longest + "xy\r\n3,4\r\n", 1000);
  ASSERT_THAT(rows, SizeIs(4));
  EXPECT_EQ(rows[1].size(), 2 + 1 + 1 + longest.size());
  EXPECT_THAT(rows[2], HasSubstr("3!the row is longer than"));
  EXPECT_EQ(rows[3], "4|3|4");
}

TEST(RecordReaderTest, LineOfManyMegabytesIsSkippedAsOneRow) {
  const std::vector<std::string> rows =
      MustRead("a,b\n" + std::string(5'000'000, 'x') + "\r\n3,4\r\n", 70'000);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_THAT(rows[1], HasSubstr("2!the row is longer than"));
  EXPECT_EQ(rows[2], "3|3|4");
}

TEST(RecordReaderTest, TooManyFieldsAreABadRow) {
  const std::vector<std::string> rows =
      MustRead("a,b\n" + std::string(kCsvFieldsMax, ',') + "\n3,4\n", 1000);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_THAT(rows[1], HasSubstr("2!the row has more than"));
  EXPECT_EQ(rows[2], "3|3|4");
}

TEST(RecordReaderTest, WhatIsNotCsvIsNamed) {
  const auto refuses = [](std::string_view bytes, std::string_view why) {
    EXPECT_THAT(ReadAll(std::string(bytes)),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(std::string(why))));
  };
  using namespace std::string_view_literals;
  refuses(
      "\xFF\xFE"
      "a\0b\0"sv,
      "UTF-16");
  refuses("\xFE\xFF\0a"sv, "UTF-16");
  refuses("a\0,\0b\0\n\0"sv, "UTF-16");
  refuses("PK\x03\x04zip"sv, "Excel workbook");
  refuses("\xD0\xCF\x11\xE0old"sv, "old Excel workbook");
  refuses("\x1F\x8Bz"sv, "gzip");
}

}  // namespace
}  // namespace bansos
