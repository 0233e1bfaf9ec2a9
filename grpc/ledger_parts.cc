#include "grpc/ledger_parts.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/free_space.h"
#include "grpc/start_check.h"
#include "ledger/base/check.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/held_name.h"
#include "ledger/base/status_macros.h"
#include "ledger/sequencer/start_up.h"

namespace bansos {
namespace {

// Events between two progress lines of a start.
constexpr uint64_t kEventsBetweenLines = 1'000'000;

std::string Sized(uint64_t size, uint64_t of) {
  return absl::StrCat("position=", size, " of=", of);
}

}  // namespace

absl::StatusOr<std::unique_ptr<LedgerParts>> LedgerParts::Open(LedgerOptions options) {
  CHECK(options.clock != nullptr);
  std::unique_ptr<LedgerParts> parts(new LedgerParts(std::move(options)));
  RETURN_IF_ERROR(parts->OpenStores());
  ASSIGN_OR_RETURN(State state, parts->LoadState());
  RETURN_IF_ERROR(parts->CheckLedgerId(state));
  RETURN_IF_ERROR(CheckClockOf(state, parts->clock().NowMicros(), parts->options_.accept_clock));
  RETURN_IF_ERROR(
      CheckVaultKnows(*parts->vault_, *parts->log_, state, [&] { return parts->keep_opening(); }));
  parts->Tell("vault_checked", absl::StrCat("recipients=", state.recipients.size()));

  RETURN_IF_ERROR(parts->OpenCheckpoints(state));
  RETURN_IF_ERROR(parts->RecordAcceptance(state));

  parts->lanes_ = std::make_unique<Lanes>();
  ASSIGN_OR_RETURN(parts->sequencer_, Sequencer::Start(SequencerOptions{
                                          .log = parts->log_.get(),
                                          .clock = parts->options_.clock,
                                          .workers = &parts->lanes_->of(Lane::kWrite),
                                          .bulk_workers = &parts->lanes_->of(Lane::kBulk),
                                          .state = std::move(state),
                                          .on_fatal = parts->options_.on_fatal}));
  RETURN_IF_ERROR(parts->OpenViews());
  parts->projector_ = std::make_unique<Projector>(*parts->log_, *parts->snapshots_, parts->views_,
                                                  parts->FollowProjector());
  parts->projector_->Start();
  AsOfOptions as_of;
  as_of.memory_bytes = parts->options_.view_memory_bytes;
  as_of.on_snapshot = [tell = parts.get()](const absl::Status& status) {
    if (status.ok()) return;
    tell->Tell("snapshot_failed", absl::StrCat("status=\"", status.ToString(), "\""));
  };
  parts->as_of_ =
      std::make_unique<AsOfViews>(*parts->log_, parts->snapshots_.get(), std::move(as_of));
  if (parts->options_.checkpoint_period > absl::ZeroDuration()) {
    parts->checkpoint_timer_ = std::make_unique<CheckpointTimer>(
        parts->options_.checkpoint_period, [signing = parts.get()] { signing->SignCheckpoint(); });
  }
  return parts;
}

ProjectorOptions LedgerParts::FollowProjector() {
  ProjectorOptions options;
  options.saves_while_tailing = false;
  options.on_progress = [this, told = uint64_t{0}](uint64_t size, uint64_t of) mutable {
    if (size != of && size < told + kEventsBetweenLines) return;
    told = size;
    Tell("views_built", Sized(size, of));
  };
  options.on_snapshot_error = [this](const absl::Status& status) {
    Tell("snapshot_failed", absl::StrCat("status=\"", status.ToString(), "\""));
  };
  // Whoever writes on could not see what he writes, and whatever the views check would be
  // unchecked.
  options.on_failure = [this](const absl::Status& status) {
    sequencer_->RefuseWrites(absl::UnavailableError(
        absl::StrCat("nothing is recorded any more, because the views stopped: ", status.ToString(),
                     "; what was acknowledged is durable. Tell the operator of the server.")));
  };
  return options;
}

LedgerParts::~LedgerParts() { Stop(); }

void LedgerParts::Stop() {
  if (std::exchange(stopped_, true)) return;
  if (sequencer_ != nullptr) sequencer_->Stop();
  if (std::exchange(checkpoint_timer_, nullptr) != nullptr) SignCheckpoint();
  if (projector_ != nullptr) projector_->Stop();
  if (as_of_ != nullptr) as_of_->Stop();
  // What still waits on a worker may use all the rest.
  lanes_.reset();
}

absl::Status LedgerParts::OpenStores() {
  RETURN_IF_ERROR(folder_.CheckApart());
  RETURN_IF_ERROR(folder_.CheckWhole());
  rocksdb::Env* env = options_.env != nullptr ? options_.env : rocksdb::Env::Default();
  RETURN_IF_ERROR(CheckFreeSpace(*env->GetFileSystem(), folder_));
  RocksDbLogOptions log;
  log.directory = folder_.log();
  log.anchor_path = folder_.anchor();
  log.env = env;
  ASSIGN_OR_RETURN(log_, RocksDbLog::Open(log));
  ASSIGN_OR_RETURN(vault_, Vault::Open(VaultOptions{.directory = folder_.vault(),
                                                    .key_file = folder_.key_file(),
                                                    .env = options_.env}));
  for (auto name : {HeldName::OfDatabase(folder_.vault()), HeldName::Of(folder_.vault_anchor())}) {
    RETURN_IF_ERROR(name.status());
    log_->AlsoHold(*std::move(name));
  }
  Tell("log_opened", absl::StrCat("size=", log_->Head().size));
  if (std::filesystem::exists(folder_.views())) RETURN_IF_ERROR(OpenViews());
  auto records = std::make_unique<RecordsView>();
  records_ = records.get();
  views_.Add(std::move(records));
  if (options_.extra_view) views_.Add(options_.extra_view());
  return absl::OkStatus();
}

absl::Status LedgerParts::OpenViews() {
  if (snapshots_ != nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(snapshots_, SnapshotStore::Open(folder_.views(), options_.env != nullptr
                                                                        ? options_.env
                                                                        : rocksdb::Env::Default()));
  return absl::OkStatus();
}

absl::StatusOr<State> LedgerParts::LoadState() {
  const uint64_t size = log_->Head().size;
  RecordsView snapshot;
  std::optional<SnapshotPoint> point;
  if (snapshots_ != nullptr) {
    point = snapshots_->LoadNewest(snapshot, size, [&](const SnapshotPoint& stored) {
      const absl::StatusOr<SnapshotPoint> logged = PointAt(*log_, stored.size);
      return logged.ok() && logged->last_entry == stored.last_entry;
    });
  }
  Tell("state_loaded", Sized(point.has_value() ? point->size : 0, size));
  return FoldState(*log_, snapshot.TakeState(),
                   [this, told = uint64_t{0}](uint64_t folded, uint64_t of) mutable {
                     if (folded == of || folded >= told + kEventsBetweenLines) {
                       told = folded;
                       Tell("state_folded", Sized(folded, of));
                     }
                     return keep_opening();
                   });
}

absl::Status LedgerParts::CheckLedgerId(const State& state) const {
  if (!state.ledger.open) {
    return absl::FailedPreconditionError(
        absl::StrCat("the log in the data directory ", options_.data_dir,
                     " holds no entry, not even the one with which a ledger begins: put the data "
                     "directory back whole, from one copy"));
  }
  if (options_.ledger_id.empty() || state.ledger.ledger_id == options_.ledger_id) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("the data directory ", options_.data_dir, " holds the ledger \"",
                   state.ledger.ledger_id, "\", not \"", options_.ledger_id,
                   "\". Name the right one with --ledger-id, or leave it out."));
}

absl::Status LedgerParts::RecordAcceptance(State& state) {
  if (!options_.accept_clock.has_value()) return absl::OkStatus();
  RETURN_IF_ERROR(RecordClockAcceptance(*options_.accept_clock, clock().NowMicros(), state, *log_));
  Tell("clock_accepted", absl::StrCat("operator=", options_.accept_clock->actor));
  return absl::OkStatus();
}

absl::Status LedgerParts::OpenCheckpoints(const State& state) {
  CheckpointOptions options;
  options.key_file = folder_.checkpoint_key_file();
  options.origin =
      !options_.checkpoint_origin.empty() ? options_.checkpoint_origin : state.ledger.ledger_id;
  options.on_fatal = options_.on_fatal;
  ASSIGN_OR_RETURN(checkpoints_, Checkpoints::Open(*log_, std::move(options)));
  const std::optional<Checkpoint> newest = checkpoints_->Newest();
  Tell("checkpoint_key", absl::StrCat("vkey=\"", checkpoints_->vkey(),
                                      "\" newest_size=", newest.has_value() ? newest->size : 0));
  proofs_ = std::make_unique<LogProofs>(*log_);
  tiles_ = std::make_unique<LogTiles>(*log_);
  return absl::OkStatus();
}

void LedgerParts::SignCheckpoint() {
  const std::optional<Checkpoint> before = checkpoints_->Newest();
  const absl::StatusOr<Checkpoint> now = checkpoints_->Fresh();
  if (!now.ok()) {
    Tell("checkpoint_failed", absl::StrCat("status=\"", now.status().ToString(), "\""));
  } else if (!before.has_value() || before->size < now->size) {
    Tell("checkpoint_signed", absl::StrCat("size=", now->size));
  }
}

void LedgerParts::Tell(const std::string& event, const std::string& details) const {
  if (options_.tell) options_.tell(event, details);
}

}  // namespace bansos
