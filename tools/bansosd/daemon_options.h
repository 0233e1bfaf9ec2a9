// The command line of bansosd.
#ifndef TOOLS_BANSOSD_DAEMON_OPTIONS_H_
#define TOOLS_BANSOSD_DAEMON_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "projections/memory_budget.h"

namespace bansos {

// Exit code for what keeps the server from starting, wrong options too; --help names it.
inline constexpr int kExitCannotStart = 1;

struct DaemonOptions {
  bool init = false;  // make a new ledger, and nothing else
  std::string data_dir;
  std::string listen = "127.0.0.1:50051";
  std::string key_file;
  std::string ledger_id;
  std::string accept_clock;  // why a clock out of bounds is right; empty: it is not accepted
  std::string operator_id;   // who says so
  std::string checkpoint_key_file;
  std::string checkpoint_origin;
  uint32_t checkpoint_seconds = 60;  // 0: only when one is asked for
  uint64_t view_memory_mb = kDefaultViewMemoryBytes >> 20;
  bool generate_checkpoint_key = false;  // make the key, tell the vkey, and nothing else
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
