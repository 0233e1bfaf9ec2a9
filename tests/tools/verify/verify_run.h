// A run of the verifier within the test's process, and a directory of its own for each test.
#ifndef TESTS_TOOLS_VERIFY_VERIFY_RUN_H_
#define TESTS_TOOLS_VERIFY_VERIFY_RUN_H_

#include <filesystem>
#include <string>

#include "tests/log/scratch_directory.h"
#include "tests/tools/verify/signing_key.h"
#include "tools/bansos-verify/program/verify.h"

namespace bansos::testing {

inline verify::Report RunVerify(const verify::Options& options) {
  verify::ProgressLine silent(false);
  return verify::Verify(options, silent);
}

inline int ExitCodeOf(const verify::Options& options) {
  return verify::ExitCode(RunVerify(options).status);
}

inline verify::Options OpaqueOptions(const std::filesystem::path& directory,
                                     const SigningKey& key) {
  verify::Options options;
  options.path = directory.string();
  options.vkey = key.vkey();
  options.entries = verify::Entries::kOpaque;
  return options;
}

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_VERIFY_RUN_H_
