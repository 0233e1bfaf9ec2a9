#include "tools/bansosctl/import/spooled_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "ledger/base/hash.h"
#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

class SpooledFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  static std::string Read(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
  }
  static std::string DigestOf(const std::string& bytes) {
    const Hash digest = Sha256(bytes);
    return std::string(digest.begin(), digest.end());
  }

  const std::string folder_ = ::testing::TempDir() + "spooled_file_test";
  const std::string path_ = folder_ + "/results.csv";
};

// Class: what was hashed is what is read, whatever becomes of the file meanwhile.
TEST_F(SpooledFileTest, AFileThatIsStillUploadedIsToldAndTheCopyStaysWhatWasHashed) {
  std::ofstream(path_) << "line,reference\n1,K1\n";
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<SpooledFile> file, SpooledFile::Copy(path_));
  ASSERT_OK(file->CheckUnchanged());
  std::ofstream(path_, std::ios::app) << "2,K2\n";
  EXPECT_THAT(file->CheckUnchanged(),
              StatusIs(absl::StatusCode::kAborted, ::testing::HasSubstr("still being written")));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Read(file->path()), "line,reference\n1,K1\n");
  EXPECT_EQ(file->sha256(), DigestOf("line,reference\n1,K1\n"));
}

TEST_F(SpooledFileTest, AFileThatIsReplacedIsToldToo) {
  std::ofstream(path_) << "one";
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<SpooledFile> file, SpooledFile::Copy(path_));
  std::ofstream(path_ + ".new") << "two";
  std::filesystem::rename(path_ + ".new", path_);
  EXPECT_THAT(file->CheckUnchanged(), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(Read(file->path()), "one");
}

TEST_F(SpooledFileTest, APipeIsReadOnceAndItsCopyAsOftenAsWanted) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  std::thread writer([this] { std::ofstream(path_) << "from a pipe"; });
  const absl::StatusOr<std::unique_ptr<SpooledFile>> file = SpooledFile::Copy(path_);
  writer.join();
  ASSERT_OK(file);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(Read((*file)->path()), "from a pipe");
  ASSERT_OK((*file)->CheckUnchanged());
}

TEST_F(SpooledFileTest, AFileThatIsMissingIsNamed) {
  EXPECT_THAT(SpooledFile::Copy(path_),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr(path_)));
}

}  // namespace
}  // namespace bansos
