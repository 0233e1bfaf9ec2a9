#include "tools/bansosd/daemon_options.h"

#include "CLI/CLI.hpp"

namespace bansos {

ParsedCommandLine ParseCommandLine(int argc, char** argv) {
  DaemonOptions options;
  CLI::App app(
      "bansosd serves one ledger of social assistance over gRPC.\n"
      "It creates what is missing, recovers after a crash, and stops cleanly on SIGTERM.");
  app.add_option("--data-dir", options.data_dir,
                 "Directory of the ledger: log, anchor, vault and views. Created when missing.")
      ->required();
  app.add_option("--listen", options.listen,
                 "Loopback address and port; port 0 takes a free one and tells it in the line "
                 "event=listening.")
      ->capture_default_str();
  app.add_option("--key-file", options.key_file,
                 "File of the wrapping key, outside the data directory. Created with a new ledger; "
                 "without it nobody can read personal data again.")
      ->required();
  app.add_option("--ledger-id", options.ledger_id,
                 "Name of the ledger for ever; for an existing one it must be the recorded name.");
  app.footer(
      "Example:\n"
      "  bansosd --data-dir /var/lib/bansos --key-file /etc/bansos/wrapping.key "
      "--ledger-id bansos.jatengprov.example/2025\n"
      "\n"
      "Log lines go to standard output as key=value pairs. Exit codes: 0 stopped, 1 cannot start, "
      "2 the log cannot be written (start again: nothing acknowledged is lost).");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error)};
  }
  return {options, 0};
}

}  // namespace bansos
