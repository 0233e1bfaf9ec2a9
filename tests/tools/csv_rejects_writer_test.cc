#include "tools/bansosctl/csv/rejects_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

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

TEST_F(RejectsWriterTest, WritesRowsWithQuotesAndTheValueShown) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_));
  ASSERT_OK(writer->Add({7, "died_on", "2025-13-01", "not a date", "write it, as 2025-01-31"}));
  ASSERT_OK(writer->Add({9, "", "", "say \"no\"", "fix"}));
  ASSERT_OK(writer->Commit());
  EXPECT_EQ(writer->count(), 2u);
  EXPECT_EQ(Content(),
            "row,column,reason,what_to_do\n"
            "7,died_on,not a date (found: 2025-13-01),\"write it, as 2025-01-31\"\n"
            "9,,\"say \"\"no\"\"\",fix\n");
}

TEST_F(RejectsWriterTest, OnlyItsOwnerMayReadIt) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_));
  ASSERT_OK(writer->Commit());
  struct stat info = {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(RejectsWriterTest, WithoutCommitTheOldFileStaysAndNothingIsLeftBehind) {
  const std::string old = "row,column,reason,what_to_do\n2,nik,old,old\n";
  std::ofstream(path_) << old;
  {
    ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_));
    ASSERT_OK(writer->Add({1, "", "", "r", "w"}));
    EXPECT_EQ(FilesInFolder(), 2u);
  }
  EXPECT_EQ(Content(), old);
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, CommitReplacesTheOldFile) {
  std::ofstream(path_) << "row,column,reason,what_to_do\n2,nik,old,old\n";
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<RejectsWriter> writer, RejectsWriter::Create(path_));
  ASSERT_OK(writer->Commit());
  EXPECT_EQ(Content(), "row,column,reason,what_to_do\n");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, NeverReplacesAFileOfAnotherKind) {
  for (const std::string other : {"nik;name\n1;Budi\n", "x"}) {
    std::ofstream(path_) << other;
    EXPECT_THAT(RejectsWriter::Create(path_),
                StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("exists")));
    EXPECT_EQ(Content(), other);
  }
  std::ofstream(path_).flush();  // Nothing is lost of an empty one.
  ASSERT_OK(RejectsWriter::Create(path_).status());
}

TEST_F(RejectsWriterTest, APipeIsRefusedAndHoldsNobodyUp) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(RejectsWriter::Create(path_), StatusIs(absl::StatusCode::kInvalidArgument,
                                                     ::testing::HasSubstr("no regular file")));
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(RejectsWriterTest, FolderThatIsMissingIsNamed) {
  EXPECT_THAT(RejectsWriter::Create(folder_ + "/none/rejects.csv"),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("/none/rejects.csv")));
}

}  // namespace
}  // namespace bansos
