// DiskOffice: the stores of a ledger wired as a start wires them, all on one disk that a test lets
// fail, and a small office on them: it brings people in, up to the order to pay them, and remembers
// what it was told. Every answer that it gets a second time must be the first one.
#ifndef TESTS_GRPC_DISK_OFFICE_H_
#define TESTS_GRPC_DISK_OFFICE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/base/clock.h"
#include "ledger/log/rocksdb_log.h"
#include "ledger/sequencer/sequencer.h"
#include "ledger/sequencer/worker_pool.h"
#include "ledger/vault/vault.h"
#include "projections/projector.h"
#include "projections/records_view.h"
#include "projections/snapshot_store.h"
#include "tests/log/faulty_files.h"
#include "tests/log/scratch_directory.h"

namespace bansos::testing {

class DiskOffice {
 public:
  DiskOffice();
  ~DiskOffice();

  absl::Status Open();
  void Close();

  // Founds the ledger and brings in people 1 to `people`. Stops at the first failure.
  absl::Status Work(uint64_t people);

  // Nothing that was acknowledged is lost, no number stands for two, and the views are what the log
  // says.
  void ExpectAcknowledged();
  // Everybody is registered once.
  void ExpectRegistered(uint64_t people) const;

  FaultyFiles& files() { return *files_; }

 private:
  struct Numbers {
    uint64_t recipient = 0;
    std::string key_commitment;
    uint64_t kk = 0;
    uint64_t account = 0;
    friend bool operator==(const Numbers&, const Numbers&) = default;
  };

  absl::Status OpenStores();
  absl::Status OpenVault(bool create);
  absl::StatusOr<State> LoadState();
  // Remembers each number as soon as the vault tells it.
  absl::StatusOr<Numbers> Reserve(uint64_t person);
  absl::Status BringIn(uint64_t person);
  absl::Status Record(const std::string& what, std::vector<Command> commands);

  ScratchDirectory directory_;
  const std::string disk_ = directory_.path() + "/disk";
  std::shared_ptr<FaultyFiles> files_ = std::make_shared<FaultyFiles>(directory_.path());
  std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  ManualClock clock_;

  std::unique_ptr<Vault> vault_;
  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<SnapshotStore> snapshots_;
  std::unique_ptr<ViewSet> views_;
  const RecordsView* records_ = nullptr;  // one of views_
  std::unique_ptr<WorkerPool> workers_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<Projector> projector_;

  std::map<std::string, std::string> reserved_;  // acknowledged by the vault, by what it stands for
  std::map<std::string, Position> recorded_;     // acknowledged by the log, by command
};

}  // namespace bansos::testing

#endif  // TESTS_GRPC_DISK_OFFICE_H_
