#include "tools/bansosctl/csv/atomic_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/status_matchers.h"

namespace bansos {
namespace {

using ::bansos::testing::StatusIs;

class AtomicFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  std::string Read() const {
    std::ostringstream out;
    out << std::ifstream(path_).rdbuf();
    return out.str();
  }
  size_t Files() const {
    const std::filesystem::directory_iterator files(folder_);
    return static_cast<size_t>(std::distance(begin(files), end(files)));
  }

  const std::string folder_ = ::testing::TempDir() + "atomic_file_test";
  const std::string path_ = folder_ + "/orders.csv";
};

// Class: whatever ends the program, nothing half-written is left.
TEST_F(AtomicFileTest, NoSignalLeavesATemporaryFile) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGKILL}) {
    const pid_t writer = ::fork();
    if (writer == 0) {
      auto file = AtomicFile::Create(path_);
      const bool good = file.ok() && (*file)->Append(std::string(1 << 20, 'x')).ok();
      if (good) ::raise(signal);
      ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(writer, &status, 0), writer);
    EXPECT_TRUE(WIFSIGNALED(status)) << signal;
    EXPECT_EQ(Files(), 0u) << signal;
  }
}

TEST_F(AtomicFileTest, CommitReplacesWhatIsThereUnlessItIsToBeKept) {
  for (const char* content : {"first", "second"}) {
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<AtomicFile> file, AtomicFile::Create(path_));
    ASSERT_OK(file->Append(content));
    ASSERT_OK(file->Commit());
    EXPECT_EQ(Read(), content);
    EXPECT_EQ(Files(), 1u);
  }
  EXPECT_THAT(AtomicFile::Create(path_, Existing::kKept),
              StatusIs(absl::StatusCode::kAlreadyExists, ::testing::HasSubstr("orders.csv")));
  EXPECT_EQ(Read(), "second");
}

TEST_F(AtomicFileTest, AFileThatAppearsMeanwhileIsKeptToo) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<AtomicFile> file,
                       AtomicFile::Create(path_, Existing::kKept));
  ASSERT_OK(file->Append("ours"));
  std::ofstream(path_) << "theirs";
  EXPECT_THAT(file->Commit(), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(Read(), "theirs");
  EXPECT_EQ(Files(), 1u);
}

}  // namespace
}  // namespace bansos
