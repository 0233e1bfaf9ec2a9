#include "ledger/log/checkpoints.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/checkpoint_key.h"
#include "ledger/log/checkpoint_memory.h"
#include "ledger/log/stored_tree.h"

namespace bansos {
namespace {

// What an operator can do whose data directory is behind its checkpoint key.
constexpr char kChoicesOfAnOlderLog[] =
    "Put the newer data directory back. If it is lost for good, so is what was recorded since: "
    "keep "
    "this directory and the key as evidence, and begin a new ledger under new keys with bansosd "
    "init";

std::string KeyName(uint32_t key_id) { return absl::StrCat(absl::Hex(key_id, absl::kZeroPad8)); }

// FAILED_PRECONDITION unless a checkpoint that states this can be one of the signer's.
absl::Status CheckSignedBy(const NoteSigner& signer, const StatedCheckpoint& stated,
                           const std::string& key_file) {
  if (stated.origin != signer.name()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the log has checkpoints of the origin \"", stated.origin, "\", not \"", signer.name(),
        "\", and an origin never changes: state it with "
        "--checkpoint-origin"));
  }
  if (stated.key_id != signer.key_id()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the log has checkpoints signed with the key ", KeyName(stated.key_id), ", and ", key_file,
        " holds ", KeyName(signer.key_id()), ": give the right file with --checkpoint-key-file"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Checkpoints>> Checkpoints::Open(const RocksDbLog& log,
                                                               CheckpointOptions options) {
  ASSIGN_OR_RETURN(const NoteSigner signer, OpenCheckpointKey(options.key_file, options.origin));
  std::unique_ptr<Checkpoints> checkpoints(new Checkpoints(log, signer, std::move(options)));
  RETURN_IF_ERROR(checkpoints->LockKey());
  RETURN_IF_ERROR(checkpoints->LoadNewest());
  return checkpoints;
}

Checkpoints::~Checkpoints() = default;

absl::Status Checkpoints::LockKey() {
  const std::shared_ptr<rocksdb::FileSystem> files = log_.database().db().GetEnv()->GetFileSystem();
  ASSIGN_OR_RETURN(key_lock_, LockCheckpointKey(files, options_.key_file));
  return absl::OkStatus();
}

Checkpoints::Checkpoints(const RocksDbLog& log, const NoteSigner& signer, CheckpointOptions options)
    : log_(log),
      signer_(signer),
      options_(std::move(options)),
      rows_(log.database()),
      proofs_(log) {}

absl::Status Checkpoints::LoadNewest() {
  ASSIGN_OR_RETURN(std::optional<Checkpoint> newest, LoadNewestRow());
  ASSIGN_OR_RETURN(Checkpoint remembered,
                   ReadCheckpointMemory(files(), options_.key_file, signer_));
  RETURN_IF_ERROR(CheckRemembered(remembered));
  const uint64_t stored_size = newest.has_value() ? newest->size : 0;
  if (remembered.size > stored_size) {
    // Signed, and the process ended before the row was stored.
    RETURN_IF_ERROR(rows_.Put(remembered.size, remembered.note));
    newest = std::move(remembered);
  }
  // Also when nothing changes: a key that cannot remember cannot sign, and is told of now.
  RETURN_IF_ERROR(WriteCheckpointMemory(
      files(), options_.key_file, newest.has_value() ? *newest : EmptyLogCheckpoint(signer_)));
  std::lock_guard lock(newest_mutex_);
  newest_ = std::move(newest);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Checkpoint>> Checkpoints::LoadNewestRow() const {
  ASSIGN_OR_RETURN(std::optional<CheckpointRow> row, rows_.Newest());
  if (!row.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(const StatedCheckpoint stated, ParseCheckpoint(row->note));
  RETURN_IF_ERROR(CheckSignedBy(signer_, stated, options_.key_file));
  ASSIGN_OR_RETURN(Checkpoint newest, CheckRow(*row));
  const LogHead head = log_.Head();
  if (newest.size > head.size) {
    return absl::DataLossError(absl::StrCat("a checkpoint of size ", newest.size,
                                            " was signed, but the log holds only ", head.size,
                                            " entries: put back the log that has them all"));
  }
  RETURN_IF_ERROR(CheckContinues(newest, head));
  return newest;
}

absl::Status Checkpoints::CheckRemembered(const Checkpoint& remembered) const {
  const LogHead head = log_.Head();
  if (remembered.size == 0) return absl::OkStatus();
  // The newest was checked when it became that.
  if (const auto newest = Newest(); newest && newest->note == remembered.note) {
    return absl::OkStatus();
  }
  absl::Status continues;
  if (remembered.size > head.size) {
    continues = absl::FailedPreconditionError(absl::StrCat("it holds only ", head.size));
  } else {
    continues = CheckContinues(remembered, head);
    if (!absl::IsDataLoss(continues)) return continues;
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "the checkpoint key ", options_.key_file, " has signed a log of ", remembered.size,
      " entries, and this log does not continue it (", continues.message(),
      "): the data directory is an older copy, or another one. ", kChoicesOfAnOlderLog));
}

absl::StatusOr<Checkpoint> Checkpoints::CheckRow(const CheckpointRow& row) const {
  ASSIGN_OR_RETURN(const StatedCheckpoint stated, ParseCheckpoint(row.note));
  // Signing is deterministic, so signing again checks every byte, the signature included.
  Checkpoint checkpoint = SignCheckpoint(signer_, row.size, stated.root);
  if (checkpoint.note == row.note) return checkpoint;
  return absl::DataLossError(absl::StrCat("the stored checkpoint of size ", row.size,
                                          " is not what the key of ", signer_.name(), " signed"));
}

absl::Status Checkpoints::CheckContinues(const std::optional<Checkpoint>& last,
                                         const LogHead& head) const {
  if (!last.has_value()) {
    ASSIGN_OR_RETURN(const RightEdge edge, StoredTree(log_.database()).EdgeAt(head.size));
    if (edge.Root() == head.root) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("the tree rebuilt at size ", head.size, " does not have the log's root"));
  }
  ASSIGN_OR_RETURN(const ConsistencyProof proof, proofs_.Consistency(last->size, head.size));
  if (proof.old_root == last->root && proof.new_root == head.root) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("the log at size ", head.size, " does not continue the checkpoint of size ",
                   last->size, ": entries before position ", last->size,
                   " are not those that were signed. Keep the data directory as evidence and "
                   "restore the log that the checkpoint was signed over"));
}

std::optional<Checkpoint> Checkpoints::Newest() const {
  std::lock_guard lock(newest_mutex_);
  return newest_;
}

absl::StatusOr<Checkpoint> Checkpoints::AtLeast(uint64_t min_size) const {
  ASSIGN_OR_RETURN(std::optional<CheckpointRow> row, rows_.AtLeast(min_size));
  // A row that is written may not be synced yet; the newest one that may be shown is known.
  const std::optional<Checkpoint> newest = Newest();
  if (row.has_value() && newest.has_value() && row->size <= newest->size) {
    return CheckRow(*row);
  }
  return absl::OutOfRangeError(
      absl::StrCat("there is no checkpoint of size ", min_size, " or more; the newest is of size ",
                   newest.has_value() ? newest->size : 0, ": ask for a fresh one"));
}

absl::StatusOr<Checkpoint> Checkpoints::Fresh() {
  const uint64_t wanted_size = log_.Head().size;
  if (wanted_size == 0) return absl::OutOfRangeError("the log is empty: there is nothing to sign");
  std::lock_guard lock(signing_mutex_);
  // Somebody else may have signed all that was wanted while this call waited.
  if (std::optional<Checkpoint> newest = Newest(); newest && newest->size >= wanted_size) {
    return *std::move(newest);
  }
  RETURN_IF_ERROR(stopped_);
  return SignHead();
}

absl::StatusOr<Checkpoint> Checkpoints::SignHead() {
  const LogHead head = log_.Head();
  if (absl::Status status = CheckContinues(Newest(), head); !status.ok()) return Stop(status);
  absl::StatusOr<Checkpoint> remembered = ReadCheckpointMemory(files(), options_.key_file, signer_);
  if (!remembered.ok()) return Refuse(remembered.status());
  // After a refusal nobody knows which of the two is there: both continue the newest.
  if (absl::Status status = CheckRemembered(*remembered); !status.ok()) return Stop(status);
  Checkpoint checkpoint = SignCheckpoint(signer_, head.size, head.root);
  // The key remembers before anybody can see what it signed, the log's own row included.
  if (absl::Status status = WriteCheckpointMemory(files(), options_.key_file, checkpoint);
      !status.ok()) {
    return Refuse(status);
  }
  if (absl::Status status = rows_.Put(checkpoint.size, checkpoint.note); !status.ok()) {
    return Stop(status);
  }
  std::lock_guard lock(newest_mutex_);
  newest_ = checkpoint;
  return checkpoint;
}

absl::Status Checkpoints::Refuse(const absl::Status& status) const {
  return absl::UnavailableError(
      absl::StrCat("no checkpoint is signed now, because the checkpoint key ", options_.key_file,
                   " cannot remember it; the next one asked for tries again: ", status.message()));
}

absl::Status Checkpoints::Stop(const absl::Status& status) {
  stopped_ = absl::Status(status.code(),
                          absl::StrCat("no checkpoint is signed any more: ", status.message()));
  if (options_.on_fatal) options_.on_fatal(stopped_);
  return stopped_;
}

}  // namespace bansos
