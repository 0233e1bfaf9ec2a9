// LedgerParts: everything below the API, opened over one data directory in the order that makes a
// start safe, and stopped in the reverse one.
//
//   data-dir/{log,anchor}  the truth     data-dir/vault  personal keys     data-dir/views
//   disposable
//
// Start: vault, log with its checks, state from the newest snapshot and the tail, every registered
// recipient against the vault, sequencer (and LedgerOpened where the log is empty), projector.
// Threads: Open and Stop from one; the parts are thread-safe. Owner: main() or a test.
#ifndef GRPC_LEDGER_PARTS_H_
#define GRPC_LEDGER_PARTS_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/clock.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/sequencer/worker_pool.h"
#include "ledger/vault/vault.h"
#include "projections/projector.h"
#include "projections/records_view.h"
#include "projections/snapshot_store.h"

namespace bansos {

inline constexpr char kDefaultLedgerId[] = "bansos-ledger";

struct LedgerOptions {
  std::string data_dir;   // Created when missing.
  std::string key_file;   // Of the vault; created with it.
  std::string ledger_id;  // Empty: whatever the log says; kDefaultLedgerId for a new one.
  Clock* clock = nullptr;
  rocksdb::Env* env = nullptr;  // Of the log, for fault injection; nullptr = the default.
  // What happens during the start and in the projector, for the operator's log: an event's name and
  // "key=value" pairs.
  std::function<void(const std::string& event, const std::string& details)> tell;
  // The log cannot write: the process must end. Called once, on a thread of the sequencer.
  std::function<void(const absl::Status&)> on_fatal;
};

class LedgerParts {
 public:
  // Errors say which part cannot be opened, why, and what to do.
  static absl::StatusOr<std::unique_ptr<LedgerParts>> Open(LedgerOptions options);
  ~LedgerParts();

  // Finishes what was accepted, saves the views' snapshots. Idempotent.
  void Stop();

  Clock& clock() { return *options_.clock; }
  Vault& vault() { return *vault_; }
  EventLog& log() { return *log_; }
  WorkerPool& workers() { return *workers_; }
  Sequencer& sequencer() { return *sequencer_; }
  Projector& projector() { return *projector_; }
  const RecordsView& records() const { return *records_; }
  bool stopped() const { return stopped_; }

 private:
  explicit LedgerParts(LedgerOptions options) : options_(std::move(options)) {}

  absl::Status OpenStores();
  absl::StatusOr<State> LoadState();
  absl::Status CheckLedgerId(const State& state) const;
  absl::Status OpenLedger();
  void Tell(const std::string& event, const std::string& details) const;

  const LedgerOptions options_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<SnapshotStore> snapshots_;
  ViewSet views_;
  const RecordsView* records_ = nullptr;  // One of views_.
  std::unique_ptr<WorkerPool> workers_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<Projector> projector_;
  bool stopped_ = false;
};

}  // namespace bansos

#endif  // GRPC_LEDGER_PARTS_H_
