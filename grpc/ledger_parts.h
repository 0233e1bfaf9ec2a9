// LedgerParts: everything below the API, opened over one data directory in the order that makes a
// start safe, and stopped in the reverse one.
//
// Start: everything of the ledger is there (ledger_folder.h gives the names), log with its checks,
// vault, state from the newest snapshot and the tail, every registered recipient against the vault,
// the clock against the log, what the checkpoint key signed against the log, sequencer, projector.
// A start that is refused makes no file; views alone are made anew, and last. new_ledger.h makes
// what Open opens. Threads: Open and Stop from one; the parts are thread-safe. Owner: main() or a
// test.
#ifndef GRPC_LEDGER_PARTS_H_
#define GRPC_LEDGER_PARTS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpc/as_of_views.h"
#include "grpc/checkpoint_timer.h"
#include "grpc/clock_acceptance.h"
#include "grpc/lanes.h"
#include "grpc/ledger_folder.h"
#include "ledger/base/clock.h"
#include "ledger/log/checkpoints.h"
#include "ledger/log/log_proofs.h"
#include "ledger/log/log_tiles.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/vault/vault.h"
#include "projections/memory_budget.h"
#include "projections/projector.h"
#include "projections/records_view.h"
#include "projections/snapshot_store.h"

namespace bansos {

inline constexpr char kDefaultLedgerId[] = "bansos-ledger";

struct LedgerOptions {
  std::string data_dir;
  std::string key_file;   // Of the vault.
  std::string ledger_id;  // Empty: whatever the log says; kDefaultLedgerId for a new one.
  Clock* clock = nullptr;
  // The operator says that a clock out of bounds is right; recorded at the start.
  std::optional<ClockAcceptance> accept_clock;
  std::string checkpoint_key_file;  // Empty: key_file and ".checkpoint".
  std::string checkpoint_origin;    // Empty: the ledger id. Never another once one was signed.
  // How often a log that has grown gets a checkpoint; zero: only when one is asked for.
  absl::Duration checkpoint_period = absl::ZeroDuration();
  // Of all views beside the live ones, by estimate.
  uint64_t view_memory_bytes = kDefaultViewMemoryBytes;
  // Of log, vault and views, for fault injection; nullptr = the default.
  rocksdb::Env* env = nullptr;
  // What happens during the start and in the projector, for the operator's log: an event's name and
  // "key=value" pairs.
  std::function<void(const std::string& event, const std::string& details)> tell;
  // Asked now and then while Open reads the log; false ends it with CANCELLED, and nothing is lost.
  std::function<bool()> keep_opening;
  // A view beside the program's own, for tests of views that fail.
  std::function<std::unique_ptr<Fold>()> extra_view;
  // The log cannot write, or is not what was signed: the process must end. Called on a thread of
  // the sequencer, or on one that signs.
  std::function<void(const absl::Status&)> on_fatal;
};

class LedgerParts {
 public:
  // Errors say which part cannot be opened, why, and what to do.
  static absl::StatusOr<std::unique_ptr<LedgerParts>> Open(LedgerOptions options);
  ~LedgerParts();

  // Finishes what was accepted, signs a last checkpoint if they are signed by the clock, saves the
  // views' snapshots. Idempotent.
  void Stop();

  Clock& clock() { return *options_.clock; }
  Vault& vault() { return *vault_; }
  EventLog& log() { return *log_; }
  Lanes& lanes() { return *lanes_; }
  Checkpoints& checkpoints() { return *checkpoints_; }
  const LogProofs& proofs() const { return *proofs_; }
  const LogTiles& tiles() const { return *tiles_; }
  Sequencer& sequencer() { return *sequencer_; }
  Projector& projector() { return *projector_; }
  AsOfViews& as_of() { return *as_of_; }
  const RecordsView& records() const { return *records_; }
  bool stopped() const { return stopped_; }

 private:
  explicit LedgerParts(LedgerOptions options)
      : options_(std::move(options)),
        folder_(options_.data_dir, options_.key_file, options_.checkpoint_key_file) {}

  absl::Status OpenStores();
  absl::Status OpenViews();
  bool keep_opening() const { return !options_.keep_opening || options_.keep_opening(); }
  // The options of the projector: it tells of its progress, and stops the writes when it fails.
  ProjectorOptions FollowProjector();
  absl::StatusOr<State> LoadState();
  absl::Status CheckLedgerId(const State& state) const;
  absl::Status RecordAcceptance(State& state);
  absl::Status OpenCheckpoints(const State& state);
  void SignCheckpoint();
  void Tell(const std::string& event, const std::string& details) const;

  const LedgerOptions options_;
  const LedgerFolder folder_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<Checkpoints> checkpoints_;
  std::unique_ptr<LogProofs> proofs_;
  std::unique_ptr<LogTiles> tiles_;
  std::unique_ptr<SnapshotStore> snapshots_;
  ViewSet views_;
  const RecordsView* records_ = nullptr;  // One of views_.
  std::unique_ptr<Lanes> lanes_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<Projector> projector_;
  std::unique_ptr<AsOfViews> as_of_;
  std::unique_ptr<CheckpointTimer> checkpoint_timer_;
  bool stopped_ = false;
};

}  // namespace bansos

#endif  // GRPC_LEDGER_PARTS_H_
