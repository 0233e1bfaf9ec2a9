// Checkpoints: signs what the log has become and keeps what it signed.
//
// Invariants: one checkpoint a size; each is over a durable, anchored head, is remembered by its
// key and stored, both synced, before anyone sees it, and is proved to continue the one before it.
// So no two that ever left this process contradict each other, whatever crashes; where the proof
// fails, or the key remembers another log, nothing is signed any more. Origin and key are the same
// for ever. Threads: any; signing is serial, and those who wait share its result. Owner:
// LedgerParts; borrows the log, which outlives it.
#ifndef LEDGER_LOG_CHECKPOINTS_H_
#define LEDGER_LOG_CHECKPOINTS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/checkpoint_rows.h"
#include "ledger/log/log_proofs.h"
#include "ledger/log/rocksdb_log.h"

namespace bansos {

class StoreLock;

struct CheckpointOptions {
  std::string origin;    // name of the key; see note_key_name.h
  std::string key_file;  // beside it lies what the key remembers (checkpoint_memory.h)
  // Signing found the log altered, or not the one that the key remembers, or the log's files
  // failed: the process must end. Called once.
  std::function<void(const absl::Status&)> on_fatal;
};

class Checkpoints {
 public:
  // Reads the key and what it remembers, and checks that and the newest stored checkpoint against
  // the log.
  //   INVALID_ARGUMENT     the file holds no key
  //   FAILED_PRECONDITION  the log has checkpoints of another origin or key; the key or what it
  //                        remembers is missing, or another process uses it; the log does not
  //                        continue what the key signed
  //   DATA_LOSS            the log is not the one that its newest checkpoint was signed over, or
  //                        what the key remembers is damaged
  //   UNAVAILABLE          what the key remembers cannot be written
  static absl::StatusOr<std::unique_ptr<Checkpoints>> Open(const RocksDbLog& log,
                                                           CheckpointOptions options);
  ~Checkpoints();

  const std::string& origin() const { return signer_.name(); }
  std::string vkey() const { return signer_.VerifierKey(); }

  // The newest; nullopt while there is none.
  std::optional<Checkpoint> Newest() const;

  // The smallest of at least `min_size`. OUT_OF_RANGE when there is none, DATA_LOSS when it is
  // damaged.
  absl::StatusOr<Checkpoint> AtLeast(uint64_t min_size) const;

  // One of at least the size that the log has now: the newest, or else signed anew. Blocks on the
  // disk. OUT_OF_RANGE while the log is empty. UNAVAILABLE without on_fatal when the key cannot
  // remember: nothing was shown, and the next call tries again. On any other error nothing is
  // signed ever after.
  absl::StatusOr<Checkpoint> Fresh();

 private:
  Checkpoints(const RocksDbLog& log, const NoteSigner& signer, CheckpointOptions options);

  // What the row states, if it is what this signer signs for it.
  absl::StatusOr<Checkpoint> CheckRow(const CheckpointRow& row) const;
  absl::Status LoadNewest();
  absl::Status LockKey();
  absl::StatusOr<std::optional<Checkpoint>> LoadNewestRow() const;
  absl::Status CheckRemembered(const Checkpoint& remembered) const;
  absl::StatusOr<Checkpoint> SignHead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(signing_mutex_);
  // The key's own file failed, and the log did not.
  absl::Status Refuse(const absl::Status& status) const;
  // For ever.
  absl::Status Stop(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(signing_mutex_);
  absl::Status CheckContinues(const std::optional<Checkpoint>& last, const LogHead& head) const;

  rocksdb::FileSystem& files() const { return *log_.database().db().GetFileSystem(); }

  const RocksDbLog& log_;
  const NoteSigner signer_;
  const CheckpointOptions options_;
  const CheckpointRows rows_;
  const LogProofs proofs_;
  std::unique_ptr<StoreLock> key_lock_;  // once opened: nobody else changes the memory

  std::mutex signing_mutex_;
  absl::Status stopped_ ABSL_GUARDED_BY(signing_mutex_);
  mutable std::mutex newest_mutex_;
  std::optional<Checkpoint> newest_ ABSL_GUARDED_BY(newest_mutex_);
};

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINTS_H_
