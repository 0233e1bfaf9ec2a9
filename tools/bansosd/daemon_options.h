// The command line of bansosd.
#ifndef TOOLS_BANSOSD_DAEMON_OPTIONS_H_
#define TOOLS_BANSOSD_DAEMON_OPTIONS_H_

#include <optional>
#include <string>

namespace bansos {

struct DaemonOptions {
  std::string data_dir;
  std::string listen = "127.0.0.1:50051";
  std::string key_file;
  std::string ledger_id;
};

// The options; or the exit code, when help was asked for or the line is wrong (told on the
// terminal).
struct ParsedCommandLine {
  std::optional<DaemonOptions> options;
  int exit_code = 0;
};
ParsedCommandLine ParseCommandLine(int argc, char** argv);

}  // namespace bansos

#endif  // TOOLS_BANSOSD_DAEMON_OPTIONS_H_
