#include "tools/bansosd/daemon_options.h"

#include "CLI/CLI.hpp"

namespace bansos {
namespace {

// A day: whoever wants fewer checkpoints asks for each.
constexpr unsigned kMaxCheckpointSeconds = 24 * 60 * 60;

// One position of a small ledger must fit, and 4 TB is more than any machine has.
constexpr uint64_t kMinViewMemoryMb = 16;
constexpr uint64_t kMaxViewMemoryMb = uint64_t{4} << 20;

void CheckComplete(const DaemonOptions& options) {
  const auto require = [](const std::string& value, const char* name) {
    if (value.empty()) throw CLI::RequiredError(name);
  };
  if (options.generate_checkpoint_key) {
    require(options.checkpoint_key_file, "--checkpoint-key-file");
    require(options.checkpoint_origin, "--checkpoint-origin");
    return;
  }
  if (!options.accept_clock.empty()) require(options.operator_id, "--operator");
  if (!options.operator_id.empty())
    require(options.accept_clock, "--accept-clock (with --operator)");
  require(options.data_dir, "--data-dir");
  require(options.key_file, "--key-file");
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, char** argv) {
  DaemonOptions options;
  CLI::App app(
      "bansosd serves one ledger of social assistance over gRPC.\n"
      "It serves only what is there whole, recovers after a crash, and stops cleanly on SIGTERM. A "
      "ledger is begun once, with: bansosd init");
  app.add_option("--data-dir", options.data_dir,
                 "Directory of the ledger: log, anchor, vault and views. Made by init.");
  app.add_option("--listen", options.listen,
                 "Loopback address and port; port 0 takes a free one and tells it in the line "
                 "event=listening.")
      ->capture_default_str();
  app.add_option("--key-file", options.key_file,
                 "File of the wrapping key, outside the data directory. Made by init; without it "
                 "nobody can read personal data again.");
  app.add_option(
      "--ledger-id", options.ledger_id,
      "Name of the ledger for ever, and of its checkpoints: state your own at init (it would be "
      "bansos-ledger); for an existing one it must be the recorded name.");
  app.add_option(
      "--checkpoint-key-file", options.checkpoint_key_file,
      "File of the key that signs checkpoints, outside the data directory. Made by init, "
      "unless it was made before; beside it, in FILE.newest, it remembers what it signed. "
      "Default: the key file and \".checkpoint\".");
  app.add_option("--checkpoint-origin", options.checkpoint_origin,
                 "Name under which checkpoints are signed, the same for ever; without spaces and "
                 "'+'. Default: the ledger id.");
  app.add_option("--checkpoint-seconds", options.checkpoint_seconds,
                 "How often a log that has grown gets a checkpoint; 0: only when one is asked for.")
      ->capture_default_str()
      ->check(CLI::Range(0u, kMaxCheckpointSeconds));
  app.add_option(
         "--view-memory-mb", options.view_memory_mb,
         "Memory for all views beside the live ones, by estimate (128 bytes an event): those "
         "of older positions, of replays and of snapshots in the making. What does not fit "
         "is refused, not begun.")
      ->capture_default_str()
      ->check(CLI::Range(kMinViewMemoryMb, kMaxViewMemoryMb));
  app.add_option("--accept-clock", options.accept_clock,
                 "Starts although the clock is out of its bounds against the log, because it is "
                 "right for this REASON, which is recorded with --operator.");
  app.add_option("--operator", options.operator_id, "Who says so; only with --accept-clock.");
  app.add_flag("--generate-checkpoint-key", options.generate_checkpoint_key,
               "Creates --checkpoint-key-file for --checkpoint-origin, prints the public vkey and "
               "ends: for a key that is made before its ledger.");
  app.add_subcommand(
         "init",
         "Makes a new ledger: data directory and key files, none of which may be there, "
         "and ends.")
      ->fallthrough();
  app.footer(
      "Example:\n"
      "  bansosd init --data-dir /var/lib/bansos --key-file /etc/bansos/wrapping.key "
      "--ledger-id bansos.jatengprov.example/2025\n"
      "  bansosd --data-dir /var/lib/bansos --key-file /etc/bansos/wrapping.key\n"
      "\n"
      "  bansosd --generate-checkpoint-key --checkpoint-key-file /etc/bansos/checkpoint.key "
      "--checkpoint-origin bansos.jatengprov.example/2025\n"
      "\n"
      "Log lines go to standard output as key=value pairs. Exit codes: 0 stopped, 1 cannot start "
      "or wrong options, 2 the log cannot be written (start again: nothing acknowledged is lost).");
  try {
    app.parse(argc, argv);
    options.init = app.got_subcommand("init");
    CheckComplete(options);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : kExitCannotStart};
  }
  return {options, 0};
}

}  // namespace bansos
