#include "grpc/new_ledger.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "grpc/free_space.h"
#include "grpc/ledger_folder.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/domain/decide.h"
#include "ledger/event/codec.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/checkpoint_memory.h"
#include "ledger/log/note_key_name.h"
#include "ledger/sequencer/clock_guard.h"

namespace bansos {
namespace {

// Who opens the ledger at position 0.
constexpr char kServerActor[] = "bansosd";

std::string OriginOf(const LedgerOptions& options) {
  if (!options.checkpoint_origin.empty()) return options.checkpoint_origin;
  return options.ledger_id.empty() ? kDefaultLedgerId : options.ledger_id;
}

absl::StatusOr<Event> FirstEvent(const LedgerOptions& options) {
  Command command;
  command.envelope.actor = kServerActor;
  command.body = EventBody(
      LedgerOpened{.ledger_id = options.ledger_id.empty() ? kDefaultLedgerId : options.ledger_id,
                   .rules_version = kRulesVersion});
  Decision decision = Decide(State(), command, options.clock->NowMicros());
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the ledger cannot be opened: ", Message(*refusal)));
  }
  return std::get<Event>(std::move(decision));
}

// A key that was made before its ledger may not have signed another one.
absl::Status CheckCheckpointKey(const LedgerFolder& folder, const std::string& origin) {
  absl::StatusOr<NoteSigner> signer = OpenCheckpointKey(folder.checkpoint_key_file(), origin);
  if (!signer.ok()) return signer.status();
  ASSIGN_OR_RETURN(
      const Checkpoint newest,
      ReadCheckpointMemory(*rocksdb::FileSystem::Default(), folder.checkpoint_key_file(), *signer));
  if (newest.size == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the checkpoint key ", folder.checkpoint_key_file(), " has signed a log of ", newest.size,
      " entries: a new ledger needs a new key. Put back the data directory of that log, or name "
      "another file with --checkpoint-key-file"));
}

absl::Status MakeLog(const LedgerOptions& options, const LedgerFolder& folder,
                     const Event& first_event) {
  RocksDbLogOptions log_options;
  log_options.directory = folder.log();
  log_options.anchor_path = folder.anchor();
  log_options.create_if_missing = true;
  if (options.env != nullptr) log_options.env = options.env;
  ASSIGN_OR_RETURN(const std::unique_ptr<RocksDbLog> log, RocksDbLog::Open(log_options));
  const std::string entry = EncodeEvent(first_event);
  return log->Append(0, first_event.envelope.recorded_time_us, {entry}).status();
}

}  // namespace

absl::Status CreateLedger(const LedgerOptions& options) {
  CHECK(options.clock != nullptr);
  const LedgerFolder folder(options.data_dir, options.key_file, options.checkpoint_key_file);
  const std::string origin = OriginOf(options);
  RETURN_IF_ERROR(folder.CheckApart());
  RETURN_IF_ERROR(folder.CheckNothing());
  RETURN_IF_ERROR(CheckClock(options.clock->NowMicros(), 0));
  RETURN_IF_ERROR(CheckNoteKeyName(origin));
  ASSIGN_OR_RETURN(const Event first_event, FirstEvent(options));
  const bool has_checkpoint_key = std::filesystem::exists(folder.checkpoint_key_file());
  if (has_checkpoint_key) RETURN_IF_ERROR(CheckCheckpointKey(folder, origin));

  rocksdb::Env* env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  RETURN_IF_ERROR(CheckFreeSpace(*env->GetFileSystem(), folder));

  RETURN_IF_ERROR(folder.MarkUnfinished());
  RETURN_IF_ERROR(Vault::Open(VaultOptions{.directory = folder.vault(),
                                           .key_file = folder.key_file(),
                                           .create_if_missing = true})
                      .status());
  if (!has_checkpoint_key) {
    RETURN_IF_ERROR(CreateCheckpointKey(folder.checkpoint_key_file(), origin).status());
  }
  RETURN_IF_ERROR(MakeLog(options, folder, first_event));
  return folder.RemoveMark();
}

}  // namespace bansos
