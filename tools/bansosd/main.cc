// bansosd: the server. main() wires the parts and waits for a signal.
//
// Stop (SIGTERM, SIGINT): health NOT_SERVING, running calls finish, accepted commands are
// committed, views saved, exit 0. A log that cannot be written ends the process at once (DESIGN 4):
// what was acknowledged is durable, and callers that retry get the first answer. So does a log that
// is not what the last checkpoint was signed over.
#include <signal.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "grpc/ledger_parts.h"
#include "grpc/new_ledger.h"
#include "grpc/server.h"
#include "grpc/server_version.h"
#include "ledger/base/clock.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/vault/key_file.h"
#include "tools/bansosd/daemon_options.h"
#include "tools/bansosd/operator_log.h"
#include "tools/bansosd/process_setup.h"
#include "tools/bansosd/stop_signal.h"

namespace bansos {
namespace {

constexpr int kExitLogFailed = 2;

LedgerOptions ToLedgerOptions(const DaemonOptions& options, Clock& clock, const StopSignal& stop,
                              OperatorLog& log) {
  LedgerOptions ledger;
  ledger.data_dir = options.data_dir;
  ledger.key_file = options.key_file;
  ledger.ledger_id = options.ledger_id;
  ledger.clock = &clock;
  if (!options.accept_clock.empty()) {
    ledger.accept_clock = ClockAcceptance{options.operator_id, options.accept_clock};
  }
  ledger.checkpoint_key_file = options.checkpoint_key_file;
  ledger.checkpoint_origin = options.checkpoint_origin;
  ledger.view_memory_bytes = options.view_memory_mb << 20;
  ledger.checkpoint_period = absl::Seconds(options.checkpoint_seconds);
  ledger.tell = [&log](const std::string& event, const std::string& details) {
    log.Info(event, details);
  };
  ledger.keep_opening = [&stop] { return !stop.came(); };
  ledger.on_fatal = [&log](const absl::Status& status) {
    log.Error("log_failed", "status=" + Quoted(status.ToString()));
    std::_Exit(kExitLogFailed);
  };
  return ledger;
}

absl::Status Serve(const DaemonOptions& options, const StopSignal& stop, OperatorLog& log) {
  // Before anything is created or opened.
  RETURN_IF_ERROR(CheckLoopback(options.listen));
  RETURN_IF_ERROR(CheckKeyFileOutside(options.key_file, options.data_dir));
  SystemClock clock;
  absl::StatusOr<std::unique_ptr<LedgerParts>> opened =
      LedgerParts::Open(ToLedgerOptions(options, clock, stop, log));
  if (absl::IsCancelled(opened.status()) && stop.came()) {
    log.Info("stopped", "signal=" + std::to_string(stop.Wait()) + " opening=true");
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(opened.status());
  const std::unique_ptr<LedgerParts> parts = *std::move(opened);
  ASSIGN_OR_RETURN(const std::unique_ptr<Server> server, Server::Start(*parts, options.listen));
  const std::string host = options.listen.substr(0, options.listen.rfind(':'));
  log.Info("listening", "address=" + host + ":" + std::to_string(server->port()));
  server->FollowHealth(*parts, [&log](const std::string& event, const std::string& details) {
    event == "serving" ? log.Info(event, details) : log.Error(event, details);
  });
  log.Info("stopping", "signal=" + std::to_string(stop.Wait()));
  server->Stop();
  parts->Stop();
  log.Info("stopped", "size=" + std::to_string(parts->log().Head().size));
  return absl::OkStatus();
}

absl::Status Init(const DaemonOptions& options, const StopSignal& stop, OperatorLog& log) {
  SystemClock clock;
  RETURN_IF_ERROR(CreateLedger(ToLedgerOptions(options, clock, stop, log)));
  log.Info("ledger_made", "data_dir=" + Quoted(options.data_dir));
  return absl::OkStatus();
}

int GenerateCheckpointKey(const DaemonOptions& options) {
  const absl::StatusOr<NoteSigner> signer =
      CreateCheckpointKey(options.checkpoint_key_file, options.checkpoint_origin);
  if (!signer.ok()) {
    std::cerr << signer.status().message() << "\n";
    return kExitCannotStart;
  }
  std::cout << signer->VerifierKey() << "\n";
  return 0;
}

int Run(int argc, char** argv) {
  const ParsedCommandLine line = ParseCommandLine(argc, argv);
  if (!line.options.has_value()) return line.exit_code;
  SilenceLibraries();
  if (const absl::Status status = KeepMemoryPrivate(); !status.ok()) {
    std::cerr << status.message() << "\n";
    return kExitCannotStart;
  }
  if (line.options->generate_checkpoint_key) return GenerateCheckpointKey(*line.options);
  signal(SIGPIPE, SIG_IGN);
  const StopSignal stop;
  OperatorLog log;
  log.Info(
      line.options->init ? "init" : "starting",
      std::string("version=") + kServerVersion + " data_dir=" + Quoted(line.options->data_dir));
  absl::Status status = TakeFileLimits();
  if (status.ok()) {
    status = line.options->init ? Init(*line.options, stop, log) : Serve(*line.options, stop, log);
  }
  if (!status.ok()) {
    log.Error(line.options->init ? "cannot_init" : "cannot_start",
              "reason=" + Quoted(std::string(status.message())));
    return kExitCannotStart;
  }
  return 0;
}

}  // namespace
}  // namespace bansos

int main(int argc, char** argv) { return bansos::Run(argc, argv); }
