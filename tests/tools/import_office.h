// ImportOffice: one office for all tests of a suite, and files that are imported into it.
#ifndef TESTS_TOOLS_IMPORT_OFFICE_H_
#define TESTS_TOOLS_IMPORT_OFFICE_H_

#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/tools/office.h"

namespace bansos::testing {

class ImportOffice : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    office = new Office;
    office->OpenProgram("bencana", "BENCANA", "1000000000");
  }
  static void TearDownTestSuite() {
    delete office;
    office = nullptr;
  }

  static Ran Import(const std::string& kind, const std::string& content,
                    const std::vector<std::string>& more = {}) {
    const std::string file = office->Write(absl::StrCat(kind, ".csv"), content);
    const std::string rejects = office->Path("rejects.csv");
    std::remove(rejects.c_str());  // Rows in it would not be replaced.
    std::vector<std::string> arguments = {"import", kind, file, "--rejects", rejects};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return office->Run(std::move(arguments));
  }
  static std::string Rejects() { return office->Read("rejects.csv"); }

  static inline Office* office = nullptr;
};

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_IMPORT_OFFICE_H_
