// bansosd: the server. main() wires the parts and waits for a signal.
//
// Stop (SIGTERM, SIGINT): health NOT_SERVING, running calls finish, accepted commands are
// committed, views saved, exit 0. A log that cannot be written ends the process at once (DESIGN 4):
// what was acknowledged is durable, and callers that retry get the first answer. So does a log that
// is not what the last checkpoint was signed over.
#include <pthread.h>
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

namespace bansos {
namespace {

constexpr int kExitLogFailed = 2;

// Blocks the stop signals in this and all later threads; they are taken by sigwait.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

LedgerOptions ToLedgerOptions(const DaemonOptions& options, Clock& clock, OperatorLog& log) {
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
  ledger.checkpoint_period = absl::Seconds(options.checkpoint_seconds);
  ledger.tell = [&log](const std::string& event, const std::string& details) {
    log.Info(event, details);
  };
  ledger.on_fatal = [&log](const absl::Status& status) {
    log.Error("log_failed", "status=" + Quoted(status.ToString()));
    std::_Exit(kExitLogFailed);
  };
  return ledger;
}

// Says SERVING once the views have seen all that was in the log at the start, and NOT_SERVING when
// they stop by an error.
void FollowHealth(LedgerParts& parts, Server& server, OperatorLog& log) {
  parts.projector().CallAtPosition(parts.log().Head().size, [&] {
    if (!parts.projector().status().ok()) return;
    server.SetServing(true);
    log.Info("serving");
  });
  parts.projector().CallAtPosition(~uint64_t{0}, [&] {
    const absl::Status status = parts.projector().status();
    if (status.ok()) return;
    server.SetServing(false);
    log.Error("views_failed", "status=" + Quoted(status.ToString()));
  });
}

absl::Status Serve(const DaemonOptions& options, const sigset_t& signals, OperatorLog& log) {
  // Before anything is created or opened.
  RETURN_IF_ERROR(CheckLoopback(options.listen));
  RETURN_IF_ERROR(CheckKeyFileOutside(options.key_file, options.data_dir));
  SystemClock clock;
  ASSIGN_OR_RETURN(const std::unique_ptr<LedgerParts> parts,
                   LedgerParts::Open(ToLedgerOptions(options, clock, log)));
  ASSIGN_OR_RETURN(const std::unique_ptr<Server> server, Server::Start(*parts, options.listen));
  const std::string host = options.listen.substr(0, options.listen.rfind(':'));
  log.Info("listening", "address=" + host + ":" + std::to_string(server->port()));
  FollowHealth(*parts, *server, log);

  int signal = 0;
  sigwait(&signals, &signal);
  log.Info("stopping", "signal=" + std::to_string(signal));
  server->Stop();
  parts->Stop();
  log.Info("stopped", "size=" + std::to_string(parts->log().Head().size));
  return absl::OkStatus();
}

absl::Status Init(const DaemonOptions& options, OperatorLog& log) {
  SystemClock clock;
  RETURN_IF_ERROR(CreateLedger(ToLedgerOptions(options, clock, log)));
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
  const sigset_t signals = BlockStopSignals();
  OperatorLog log;
  log.Info(
      line.options->init ? "init" : "starting",
      std::string("version=") + kServerVersion + " data_dir=" + Quoted(line.options->data_dir));
  const absl::Status status =
      line.options->init ? Init(*line.options, log) : Serve(*line.options, signals, log);
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
