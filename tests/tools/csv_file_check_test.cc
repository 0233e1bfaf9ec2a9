// Damage of a whole file, as spreadsheets and offices bring it forth: each test makes a sound file,
// damages a copy and looks at what the reader says of both.
#include "tools/bansosctl/csv/file_check.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/support/status_matchers.h"
#include "tools/bansosctl/csv/csv_reader.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<Column>& DamagedColumns() {
  static const auto* const kColumns = new std::vector<Column>{
      {.name = "nik", .personal = true, .long_numbers = true, .names_the_row = true},
      {.name = "account", .required = false, .personal = true, .long_numbers = true},
      {.name = "born", .required = false, .dates = true},
      {.name = "name", .required = false, .personal = true},
  };
  return *kColumns;
}

std::string WriteTo(const std::string& name, std::string_view bytes) {
  std::string path = ::testing::TempDir() + name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

absl::Status OpenDamaged(std::string_view bytes) {
  return CsvReader::Open(WriteTo("csv_file_check_test.csv", bytes), DamagedColumns()).status();
}

void IsRefused(std::string_view bytes, const std::vector<std::string>& says) {
  const absl::Status status = OpenDamaged(bytes);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  for (const std::string& part : says) EXPECT_THAT(status.message(), HasSubstr(part));
}

// 16 digits of no pattern that a check could mistake for damage.
std::string Number(int i) {
  const uint64_t mixed = (uint64_t{1} + static_cast<uint64_t>(i)) * 0x9E3779B97F4A7C15u;
  return absl::StrFormat("33%014u", mixed % 100'000'000'000'000u);
}

std::string Rounded(std::string number) {
  for (size_t i = 15; i < number.size(); ++i) number[i] = '0';
  return number;
}

// A file with one column, a row for each.
std::string FileOf(const std::string& heading, int rows,
                   const std::function<std::string(int)>& value) {
  std::string file = heading + "\n";
  for (int i = 0; i < rows; ++i) absl::StrAppend(&file, value(i), "\n");
  return file;
}

TEST(FileCheckTest, NumbersRoundedInAFileOfFifteenRowsAreRefused) {
  EXPECT_OK(OpenDamaged(FileOf("nik", 15, Number)));
  IsRefused(FileOf("nik", 15, [](int i) { return Rounded(Number(i)); }),
            {"column nik, rows 2 to 16", "15 of 15 numbers end in 0"});
}

TEST(FileCheckTest, NumbersRoundedInHalfOfTheRowsAreRefused) {
  IsRefused(FileOf("nik", 120, [](int i) { return i % 2 ? Rounded(Number(i)) : Number(i); }),
            {"column nik", "of 120 numbers end in 0"});
}

TEST(FileCheckTest, NumbersRoundedFarBehindTheFirstThousandRowsAreRefused) {
  const auto damaged = [](int i) { return i >= 3500 ? Rounded(Number(i)) : Number(i); };
  IsRefused(FileOf("nik", 6000, damaged), {"column nik", "end in 0"});
  const auto stretch = [](int i) {
    return i >= 20'000 && i < 20'128 ? Rounded(Number(i)) : Number(i);
  };
  EXPECT_OK(OpenDamaged(FileOf("nik", 40'000, Number)));
  IsRefused(FileOf("nik", 40'000, stretch), {"column nik, rows 199", "end in 0"});
}

TEST(FileCheckTest, RoundedAccountsAreRefused) {
  const auto row = [](const std::string& account, int i) { return Number(i) + ";" + account; };
  IsRefused(FileOf("nik;account", 120, [&](int i) { return row(Rounded(Number(i + 999)), i); }),
            {"column account", "120 of 120 numbers end in 0"});
  IsRefused(
      FileOf("nik;account", 5, [&](int i) { return row(Rounded(Number(i + 999) + "12"), i); }),
      {"column account", "5 of 5 numbers end in 000"});
  // What has no more than 15 digits is kept as it is, whatever its end.
  EXPECT_OK(OpenDamaged(FileOf("nik;account", 120,
                               [&](int i) { return row(absl::StrCat(1'000 + i, "000000"), i); })));
}

TEST(FileCheckTest, OneNumberOfManyRowsCountsOnce) {
  EXPECT_OK(OpenDamaged(FileOf("nik;account", 100, [](int i) {
    return Number(i) + ";" + (i % 2 ? "3374010101150010" : "3374010101150020");
  })));
}

TEST(FileCheckTest, NumberFilledDownIsRefused) {
  IsRefused(FileOf("nik", 120, [](int i) { return Number(i < 100 ? i : 100); }),
            {"column nik, rows 102 to 121", "stands in 20 rows"});
  EXPECT_OK(OpenDamaged(FileOf("nik", 120, [](int i) { return Number(i / 5); })));
}

TEST(FileCheckTest, WhatIsOnlyUnlikelyIsTakenWhenSomebodySaysSo) {
  const std::string path =
      WriteTo("unlikely.csv", FileOf("nik", 15, [](int i) { return Rounded(Number(i)); }));
  EXPECT_OK(CsvReader::Open(path, DamagedColumns(), Unlikely::kAccepted));
  const std::string swapped = WriteTo("swapped.csv", "nik;born\n1;05/13/2025\n");
  EXPECT_THAT(CsvReader::Open(swapped, DamagedColumns(), Unlikely::kAccepted),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("column born")));
}

TEST(FileCheckTest, MonthBeforeTheDayIsRefused) {
  IsRefused("nik;born\n1;05/03/2025\n2;05/13/2025\n", {"column born, row 3", "the month stands"});
  IsRefused("nik;born\n1;13/05/2025\n2;5/14/2025\n",
            {"column born, row 3", "the day first in others (row 2)"});
  EXPECT_OK(OpenDamaged("nik;born\n1;05/03/2025\n2;13/05/2025\n3;2025-05-14\n4;13/13/2025\n"));
}

TEST(FileCheckTest, DayAndMonthExchangedWhereTheyCouldBeAreRefused) {
  const auto date = [](int i) {
    const int day = 1 + i % 28;
    return day <= 12 ? absl::StrFormat("2025-%02d-%02d", day, 1 + i % 12)
                     : absl::StrFormat("%02d/%02d/2025", day, 1 + i % 12);
  };
  IsRefused(FileOf("nik;born", 100, [&](int i) { return Number(i) + ";" + date(i); }),
            {"column born", "exchanged day and month"});
  EXPECT_OK(OpenDamaged(FileOf(
      "nik;born", 100, [](int i) { return Number(i) + (i % 2 ? ";2025-01-02" : ";15/01/2025"); })));
}

TEST(FileCheckTest, PipeIsCheckedAsAWholeAndLeavesNothingBehind) {
  namespace fs = std::filesystem;
  const std::string pipe = ::testing::TempDir() + "csv_file_check_pipe";
  const std::string folder = ::testing::TempDir() + "spool";
  fs::remove_all(folder);
  fs::create_directory(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  const auto open_pipe = [&](const std::string& bytes) {
    ::unlink(pipe.c_str());
    EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << bytes; });
    auto reader = CsvReader::Open(pipe, DamagedColumns());
    writer.join();
    EXPECT_TRUE(fs::is_empty(folder));
    return reader;
  };
  EXPECT_THAT(open_pipe(FileOf("nik", 6000, [](int i) { return Rounded(Number(i)); })),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("end in 0")));
  EXPECT_THAT(open_pipe("nik\n1\n\xE9\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("row 3, byte 1")));
  ASSERT_OK_AND_ASSIGN(const auto reader, open_pipe(FileOf("nik", 20'000, Number)));
  uint64_t rows = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const CsvReader::Step step, reader->Next());
    if (step == CsvReader::Step::kEnd) break;
    EXPECT_EQ(reader->Get(0), Number(static_cast<int>(rows++)));
  }
  EXPECT_EQ(rows, 20'000u);
  ::unsetenv("TMPDIR");
}

TEST(FileCheckTest, FileThatChangesBetweenCheckAndReadingIsNoticed) {
  const std::string sound = FileOf("nik", 40'000, Number);
  const std::string path = WriteTo("changing.csv", sound);
  ASSERT_OK_AND_ASSIGN(const auto reader, CsvReader::Open(path, DamagedColumns()));
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(sound.size()) - 5);
    file << "7";
  }
  absl::Status end = absl::OkStatus();
  for (int rows = 0; rows < 50'000 && end.ok(); ++rows) end = reader->Next().status();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kAborted, HasSubstr("changed while it was read")));
}

TEST(FileCheckTest, FileThatGrowsBetweenCheckAndReadingIsNoticed) {
  // It ends with a chunk, so that the new row would be a chunk of its own.
  std::string sound = FileOf("nik", 20'000, Number);
  sound.resize(kCsvChunkBytes - 1);
  sound += "\n";
  const std::string path = WriteTo("growing.csv", sound);
  ASSERT_OK_AND_ASSIGN(const auto reader, CsvReader::Open(path, DamagedColumns()));
  std::ofstream(path, std::ios::binary | std::ios::app) << Number(1) << "\n";
  absl::Status end = absl::OkStatus();
  for (int rows = 0; rows < 50'000 && end.ok(); ++rows) end = reader->Next().status();
  EXPECT_THAT(end, StatusIs(absl::StatusCode::kAborted));
}

TEST(FileCheckTest, TitleRowsAboveTheHeaderAreNamed) {
  IsRefused("Daftar penerima, tahun 2025\n\nnik;name\n1;x\n",
            {"rows 1 to 2 are titles above the header: delete them", "row 3"});
  IsRefused("DAFTAR;;\nnik;name;\n1;x;\n", {"row 1 is a title above the header: delete it"});
  IsRefused("hobby;name\n1;x\n", {"unknown column \"hobby\""});
}

TEST(FileCheckTest, FilesThatAreNoTextAreNamedForWhatTheyAre) {
  using namespace std::string_literals;
  IsRefused("PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0xx[Content_Types].xml \xA2\x04"s, {"(.xlsx)"});
  IsRefused("PK\x03\x04\x14\0\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s,
            {"(.ods)"});
  IsRefused("PK\x03\x04\x14\0\0\0data.csv"s, {"a ZIP"});
  IsRefused("\x1F\x8B\x08\0\0\0\0\0\0\x03"s, {"gzip", "unpack"});
  IsRefused("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", {"PDF"});
  IsRefused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"s, {"old Excel workbook (.xls)"});
  IsRefused("<html><table><tr><td>nik</td></tr></table></html>", {"web page"});
  IsRefused("\xFF\xFEn\0i\0k\0"s, {"UTF-16"});
}

// "row|nik|born|name" or "row!column!reason".
std::vector<std::string> RowsOf(std::string_view bytes) {
  std::vector<std::string> rows;
  auto reader = CsvReader::Open(WriteTo("rows.csv", bytes), DamagedColumns());
  EXPECT_OK(reader);
  while (reader.ok()) {
    auto step = (*reader)->Next();
    EXPECT_OK(step);
    if (!step.ok() || *step == CsvReader::Step::kEnd) break;
    const CsvReader& row = **reader;
    rows.push_back(*step == CsvReader::Step::kRow
                       ? absl::StrCat(row.row(), "|", std::string(row.Get(0)), "|",
                                      std::string(row.Get(2)), "|", std::string(row.Get(3)))
                       : absl::StrCat(row.rejected().row, "!", row.rejected().column, "!",
                                      row.rejected().reason));
  }
  return rows;
}

TEST(FileCheckTest, EmptyColumnsAtTheRightEndAreDropped) {
  EXPECT_THAT(RowsOf("nik;name;;\n1;x;;\n2;y\n3;z;9;\n"),
              ::testing::ElementsAre("2|1||x", "3|2||y",
                                     HasSubstr("4!!the row has 4 fields, the header has 2")));
}

TEST(FileCheckTest, DoubledMarkAndLoneApostrophesAreNothing) {
  EXPECT_THAT(RowsOf("\xEF\xBB\xBF\xEF\xBB\xBFnik;born;name\n1;';' x\n';\xE2\x80\x99;=\"\"\n"),
              ::testing::ElementsAre("2|1||x"));
}

TEST(FileCheckTest, SpreadsheetErrorsAndBrokenTextRejectTheRow) {
  for (const char* cell :
       {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#n/a", "Err:502", "########",
        "Jos\xEF\xBF\xBD", "Jos\xC3\x83\xC2\xA9", "Jl.\xC3\x82\xC2\xA0Mawar",
        "Nur\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2"
        "aini",
        "Siti\x1B[2J", "Siti\x7F"}) {
    EXPECT_THAT(RowsOf(absl::StrCat("nik;name\n1;x\n2;", cell, "\n3;y\n")),
                ::testing::ElementsAre("2|1||x", HasSubstr("3!name!"), "4|3||y"))
        << cell;
  }
  for (const char* cell : {"Jos\xC3\xA9",
                           "Nur\xE2\x80\x99"
                           "aini",
                           "#12", "Ernawati",
                           "CAF\xC3\x89\xE2\x80\x93"
                           "BAR",
                           "\"Jl. Mawar\n2\"", "M\xC3\xBCller & S\xC3\xB6hne"}) {
    EXPECT_THAT(RowsOf(absl::StrCat("nik;name\n1;", cell, "\n")),
                ::testing::ElementsAre(HasSubstr("2|1|")))
        << cell;
  }
}

}  // namespace
}  // namespace bansos
