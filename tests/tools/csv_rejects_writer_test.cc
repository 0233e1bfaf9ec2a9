#include "tools/bansosctl/csv/rejects_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/status_matchers.h"
#include "tools/bansosctl/csv/csv_reader.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

const RejectsWriter::Layout kFile = {.delimiter = ';', .headings = {"NIK", "died_on"}};
constexpr char kHeader[] =
    "rejected_row;rejected_column;rejected_reason;rejected_advice;NIK;died_on\n";

class RejectsWriterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  std::string Content() const {
    std::ostringstream out;
    out << std::ifstream(path_).rdbuf();
    return out.str();
  }
  size_t FilesInFolder() const {
    const std::filesystem::directory_iterator files(folder_);
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }

  const std::string folder_ = ::testing::TempDir() + "rejects_writer_test";
  const std::string path_ = folder_ + "/rejects.csv";
};

TEST_F(RejectsWriterTest, WritesRowsAsTheyWereBehindTheReason) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_, kFile));
  ASSERT_OK(writer->Add({{7, "died_on", "2025-13-01", "not a date", "write it, as 2025-01-31"},
                         0,
                         {"'3374010101600001", "2025-13-01"}}));
  ASSERT_OK(writer->Add({{9, "", "", "say \"no\"", "fix"}, 0, {"=\"3374010101600002\"", "a;b"}}));
  ASSERT_OK(writer->Commit());
  EXPECT_EQ(writer->count(), 2u);
  EXPECT_EQ(Content(), std::string(kHeader) +
                           "7;died_on;not a date (found: 2025-13-01);write it, as 2025-01-31;"
                           "'3374010101600001;2025-13-01\n"
                           "9;;\"say \"\"no\"\"\";fix;\"=\"\"3374010101600002\"\"\";\"a;b\"\n");
}

TEST_F(RejectsWriterTest, NumbersTheLinesOfAFileOfReports) {
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<RejectsWriter> writer,
      RejectsWriter::Create(path_, {.headings = {"reference"}, .numbers_lines = true}));
  ASSERT_OK(writer->Add({{7, "", "", "r", "w"}, 6, {"K1"}}));
  ASSERT_OK(writer->Commit());
  EXPECT_EQ(Content(),
            "rejected_row,rejected_column,rejected_reason,rejected_advice,rejected_line,reference\n"
            "7,,r,w,6,K1\n");
}

// Class: what a spreadsheet would run is text on the way out and itself again on the way in.
TEST_F(RejectsWriterTest, NoCellIsAFormulaAndEachIsReadBack) {
  const std::string values[] = {"=1+1",    "=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3",
                                "@SUM(1)", "=\"a\"&B1",          "Siti",     "O'Brien",
                                "-5000",   "+62812345",          "-",        "5"};
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer,
                       RejectsWriter::Create(path_, {.headings = {"name"}}));
  for (const std::string& value : values)
    ASSERT_OK(writer->Add({{1, "", "", "r", "w"}, 0, {value}}));
  ASSERT_OK(writer->Commit());
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<CsvReader> reader,
                       CsvReader::Open(path_, {{.name = "name"}}));
  for (const std::string& value : values) {
    ASSERT_OK_AND_ASSIGN(const CsvReader::Step step, reader->Next());
    ASSERT_EQ(step, CsvReader::Step::kRow) << value;
    EXPECT_EQ(reader->Get(0), value);
    const std::string cell = reader->OwnCells().at(0);
    const bool number = value.find_first_not_of("0123456789.,+-") == std::string::npos &&
                        value.find('+', 1) == std::string::npos;
    EXPECT_TRUE(number || std::string("=+-@").find(cell.front()) == std::string::npos) << cell;
  }
}

TEST_F(RejectsWriterTest, OnlyItsOwnerMayReadIt) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_, kFile));
  ASSERT_OK(writer->Commit());
  struct stat info = {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(RejectsWriterTest, WithoutCommitTheOldFileStaysAndNothingIsLeftBehind) {
  const std::string old = kHeader;
  std::ofstream(path_) << old;
  {
    ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer,
                         RejectsWriter::Create(path_, kFile));
    ASSERT_OK(writer->Add({{1, "", "", "r", "w"}}));
    EXPECT_EQ(FilesInFolder(), 1u);  // what is being written has no name yet
  }
  EXPECT_EQ(Content(), old);
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, RowsThatMayBeCorrectedAreNeverReplaced) {
  const std::string old = std::string(kHeader) + "2;nik;old;old;1;2\n";
  std::ofstream(path_) << old;
  EXPECT_THAT(RejectsWriter::Create(path_, kFile),
              StatusIs(absl::StatusCode::kAlreadyExists, ::testing::HasSubstr("may be corrected")));
  EXPECT_EQ(Content(), old);
}

TEST_F(RejectsWriterTest, CommitReplacesAFileWithoutRows) {
  std::ofstream(path_) << kHeader;
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_, kFile));
  ASSERT_OK(writer->Commit());
  EXPECT_EQ(Content(), kHeader);
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, NeverReplacesAFileOfAnotherKind) {
  for (const std::string other : {"nik;name\n1;Budi\n", "x"}) {
    std::ofstream(path_) << other;
    EXPECT_THAT(RejectsWriter::Create(path_, kFile),
                StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("exists")));
    EXPECT_EQ(Content(), other);
  }
  std::ofstream(path_).flush();  // Nothing is lost of an empty one.
  ASSERT_OK(RejectsWriter::Create(path_, kFile).status());
}

TEST_F(RejectsWriterTest, APipeIsRefusedAndHoldsNobodyUp) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(
      RejectsWriter::Create(path_, kFile),
      StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("no regular file")));
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, FolderThatIsMissingIsNamed) {
  EXPECT_THAT(RejectsWriter::Create(folder_ + "/none/rejects.csv", kFile),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("/none/rejects.csv")));
}

}  // namespace
}  // namespace bansos
