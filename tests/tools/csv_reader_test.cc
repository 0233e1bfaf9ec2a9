#include "tools/bansosctl/csv/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tools/bansosctl/csv/utf8.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<Column>& Columns() {
  static const auto* const kColumns = new std::vector<Column>{
      {.name = "nik", .personal = true, .long_numbers = true},
      {.name = "area"},
      {.name = "phone", .required = false, .personal = true},
  };
  return *kColumns;
}

std::string WriteFile(std::string_view bytes) {
  const std::string path = ::testing::TempDir() + "csv_reader_test.csv";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// "row|nik|area|phone" or "row!column!reason".
absl::StatusOr<std::vector<std::string>> ReadFile(std::string_view bytes) {
  absl::StatusOr<std::unique_ptr<CsvReader>> reader = CsvReader::Open(WriteFile(bytes), Columns());
  if (!reader.ok()) return reader.status();
  std::vector<std::string> rows;
  while (true) {
    absl::StatusOr<CsvReader::Step> step = (*reader)->Next();
    if (!step.ok()) return step.status();
    if (*step == CsvReader::Step::kEnd) return rows;
    if (*step == CsvReader::Step::kRejected) {
      const RowError& error = (*reader)->rejected();
      rows.push_back(std::to_string(error.row) + "!" + error.column + "!" + error.reason);
      continue;
    }
    std::string row = std::to_string((*reader)->row());
    for (size_t i = 0; i < Columns().size(); ++i) row += "|" + std::string((*reader)->Get(i));
    rows.push_back(row);
  }
}

std::vector<std::string> MustRead(std::string_view bytes) {
  absl::StatusOr<std::vector<std::string>> rows = ReadFile(bytes);
  EXPECT_OK(rows);
  return rows.ok() ? *std::move(rows) : std::vector<std::string>{};
}

void Refuses(std::string_view bytes, std::string_view why) {
  EXPECT_THAT(ReadFile(bytes),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(std::string(why))));
}

TEST(CsvReaderTest, ColumnsAreFoundByNameInAnyOrderAndCase) {
  EXPECT_THAT(MustRead(" Area ;NIK;\"phone\"\nx;1;08\n"), ElementsAre("2|1|x|08"));
  EXPECT_THAT(MustRead("nik,area\n1,x\n"), ElementsAre("2|1|x|"));
}

TEST(CsvReaderTest, SpreadsheetTextMarksAreTakenOff) {
  EXPECT_THAT(MustRead("nik;area\n'0012; x \n=\"0013\";\xC2\xA0y\n\"=\"\"0014\"\"\";'\n"),
              ElementsAre("2|0012|x|", "3|0013|y|", "4|0014||"));
}

TEST(CsvReaderTest, BlankRowsAreSkippedAndRowNumbersStayPhysical) {
  EXPECT_THAT(MustRead("\nnik;area\n\n;\n1;x\n \n2;y"), ElementsAre("5|1|x|", "7|2|y|"));
}

TEST(CsvReaderTest, RowWithWrongFieldCountIsRejectedAlone) {
  EXPECT_THAT(MustRead("nik;area\n1;x;9\n2\n3;z\n"),
              ElementsAre("2!!the row has 3 fields, the header has 2",
                          "3!!the row has 1 field, the header has 2", "4|3|z|"));
}

TEST(CsvReaderTest, EmptyFileIsRefused) {
  Refuses("", "the file is empty");
  Refuses("\xEF\xBB\xBF", "the file is empty");
  Refuses("\n \n", "the file is empty");
  EXPECT_THAT(MustRead("nik;area\n"), ElementsAre());
}

TEST(CsvReaderTest, HeaderFaultsNameTheColumn) {
  Refuses("nik;phone\n", "missing column area: add it. Known columns: nik, area, phone (optional)");
  Refuses("nik;area;NIK\n", "column \"nik\" stands twice");
  Refuses("nik;area;hobby\n",
          "unknown column \"hobby\": remove it, or give it the name that it has here. Known "
          "columns: nik, area, phone (optional)");
  Refuses("nik;;area\n", "column 2 has no name");
  Refuses("\"nik;area\n1;x\n", "row 1 (the header): a quote opened on this row is never closed");
}

TEST(CsvReaderTest, InvalidUtf8NamesRowAndByteBeforeAnyRowIsTaken) {
  Refuses("nik;area\n1;x\n2;caf\xE9\n", "row 3, byte 6: byte 0xE9 is not UTF-8");
  Refuses("nik;area\n1;x\xC3", "row 2, byte 4: byte 0xC3 is not UTF-8");
  Refuses("nik|area\n1|x\n", "it is one column, \"nik|area\": set the columns apart by ; or ,");
  // A NUL far behind what the dialect was read from is found before any row is used.
  std::string late = "nik;area\n";
  for (int i = 0; i < 100'000; ++i) late += "1;x\n";
  late += std::string("2;\0y\n", 5);
  Refuses(late, "row 100002, byte 3: byte 0x00 is not UTF-8 text");
}

TEST(CsvReaderTest, SourceThatIsReadOnceFindsBadUtf8AtItsRow) {
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<CsvReader> reader,
      CsvReader::FromSource(std::make_unique<StringSource>("nik;area\n1;x\n2;\xE9\n"), Columns()));
  EXPECT_OK(reader->Next());
  EXPECT_THAT(reader->Next(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("row 3")));
}

TEST(CsvReaderTest, ColumnWhoseNumbersAllEndInZeroIsRefused) {
  std::string damaged = "nik;area\n";
  std::string sound = "nik;area\n";
  for (int i = 10; i < 40; ++i) {
    damaged += "33740215058" + std::to_string(i) + "000;x\n";
    sound += "33740215058" + std::to_string(i) + "00" + std::to_string(i % 10) + ";x\n";
  }
  Refuses(damaged, "column nik, rows 2 to 31: 30 of 30 numbers end in 0");
  EXPECT_OK(ReadFile(sound));
}

TEST(CsvReaderTest, MissingFileAndFolderAreNamed) {
  EXPECT_THAT(CsvReader::Open("/nowhere/x.csv", Columns()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/x.csv")));
  EXPECT_THAT(CsvReader::Open(::testing::TempDir(), Columns()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is a folder")));
}

TEST(CsvReaderTest, ErrorsNeverShowPersonalData) {
  const std::string path = WriteFile("nik;area\n3374021505800001;3374021505800002\n'12\";33.7x\n");
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<CsvReader> reader, CsvReader::Open(path, Columns()));
  EXPECT_OK(reader->Next());
  EXPECT_EQ(reader->ErrorAt(0, "r", "w").value_shown_safely, "");
  EXPECT_EQ(reader->ErrorAt(1, "r", "w").value_shown_safely, "(16 digits, not shown)");
  EXPECT_OK(reader->Next());
  EXPECT_EQ(reader->ErrorAt(1, "r", "w").value_shown_safely, "33.7x");
}

TEST(ShowSafelyTest, CutsLongTextAtACharacterAndHidesControlCharacters) {
  const Column plain{.name = "x"};
  EXPECT_EQ(ShowSafely(plain, "a\x1b[1m"), "a?[1m");
  const std::string shown = ShowSafely(plain, std::string(39, 'x') + "\xC3\xA9tail");
  EXPECT_EQ(shown, std::string(39, 'x') + "...");
}

TEST(Utf8Test, AcceptsAndRefusesByRfc3629) {
  for (const char* good :
       {"abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_FALSE(FindInvalidUtf8(good).has_value()) << good;
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xC3(", "\xE2\x82"}) {
    EXPECT_TRUE(FindInvalidUtf8(bad).has_value()) << bad;
  }
  EXPECT_EQ(FindInvalidUtf8("123456789012\xFFx"), 12u);
}

TEST(Utf8Test, CharacterSplitBetweenPiecesIsWhole) {
  Utf8Scanner scanner;
  EXPECT_EQ(scanner.Feed("12345678\xE2"), std::nullopt);
  EXPECT_EQ(scanner.Feed("\x82"), std::nullopt);
  EXPECT_EQ(scanner.Feed("\xAC"), std::nullopt);
  EXPECT_EQ(scanner.Finish(), std::nullopt);
  EXPECT_EQ(scanner.Feed("\xFF"), 11u);
}

// Rows without end, made up as they are read.
class EndlessRows final : public ByteSource {
 public:
  explicit EndlessRows(uint64_t bytes) : left_(bytes) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    constexpr std::string_view kHeader = "nik;area\n";
    constexpr std::string_view kRow = "33740215;33.74\n";
    if (left_ == 0) return size_t{0};
    if (!std::exchange(header_given_, true)) {
      return kHeader.copy(buffer, kHeader.size());
    }
    size_t length = 0;
    while (length + kRow.size() <= capacity) length += kRow.copy(buffer + length, kRow.size());
    left_ -= std::min<uint64_t>(left_, length);
    return length;
  }
  std::optional<uint64_t> size() const override { return std::nullopt; }

 private:
  uint64_t left_;
  bool header_given_ = false;
};

TEST(CsvReaderTest, MemoryStaysConstantHoweverLargeTheFile) {
  constexpr uint64_t kFileBytes = 32 << 20;
  constexpr int64_t kGrowthKilobytesMax = 8 << 10;
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<CsvReader> reader,
                       CsvReader::FromSource(std::make_unique<EndlessRows>(kFileBytes), Columns()));
  rusage before = {};
  getrusage(RUSAGE_SELF, &before);
  uint64_t rows = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const CsvReader::Step step, reader->Next());
    if (step == CsvReader::Step::kEnd) break;
    ++rows;
  }
  rusage after = {};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_GE(rows, kFileBytes / 16);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, kGrowthKilobytesMax);
}

}  // namespace
}  // namespace bansos
