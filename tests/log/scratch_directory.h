// ScratchDirectory: a fresh directory for one test, removed with everything in it at the end.
#ifndef TESTS_LOG_SCRATCH_DIRECTORY_H_
#define TESTS_LOG_SCRATCH_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "ledger/base/check.h"

namespace bansos::testing {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "bansos-log-XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr) << pattern;
    path_ = pattern;
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace bansos::testing

#endif  // TESTS_LOG_SCRATCH_DIRECTORY_H_
