// Options: the command line of bansos-verify. Value type.
#ifndef TOOLS_BANSOS_VERIFY_PROGRAM_OPTIONS_H_
#define TOOLS_BANSOS_VERIFY_PROGRAM_OPTIONS_H_

#include <optional>
#include <string>

#include "tools/bansos-verify/source/data_directory.h"

namespace bansos::verify {

enum class Profile { kPublic, kWithKeys };
enum class OutputForm { kText, kJson };
enum class Command { kLog, kReceipt, kCheckpoint };

struct Options {
  Command command = Command::kLog;
  std::string path;   // directory or file
  std::string vkey;   // file or text
  std::string since;  // file
  std::string origin;
  Profile profile = Profile::kPublic;
  std::string key_file;
  std::string vault;
  Entries entries = Entries::kLedger;
  OutputForm output = OutputForm::kText;
};

// What the process exits with.
inline constexpr int kExitChecked = 0;
inline constexpr int kExitFault = 1;
inline constexpr int kExitCouldNotLook = 2;

// nullopt when there is nothing to do: help was shown (kExitChecked) or the line is wrong
// (kExitCouldNotLook); `exit_code` says which.
std::optional<Options> ParseCommandLine(int argc, char** argv, int& exit_code);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_PROGRAM_OPTIONS_H_
