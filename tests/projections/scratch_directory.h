// ScratchDirectory: a path for one test, removed with all that was put there. Not thread-safe.
#ifndef TESTS_PROJECTIONS_SCRATCH_DIRECTORY_H_
#define TESTS_PROJECTIONS_SCRATCH_DIRECTORY_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace bansos::testing {

class ScratchDirectory {
 public:
  ScratchDirectory() : path_(::testing::TempDir() + "bansos-projections-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr) << path_;
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace bansos::testing

#endif  // TESTS_PROJECTIONS_SCRATCH_DIRECTORY_H_
