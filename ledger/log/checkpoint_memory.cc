#include "ledger/log/checkpoint_memory.h"

#include "absl/strings/str_cat.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/rocksdb_status.h"
#include "ledger/base/status_macros.h"
#include "ledger/base/store_lock.h"
#include "ledger/log/merkle.h"

namespace bansos {
namespace {

// A note is the origin twice and about 200 bytes; more than this is another file.
constexpr uint64_t kMaxMemoryBytes = 4096;

absl::Status Missing(const std::string& path) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the file ", path,
      " is missing, in which the checkpoint key remembers the newest checkpoint "
      "that it signed: put it back from the copy that is kept with the key (an older one will do: "
      "the log's own checkpoints bring it up to date)"));
}

absl::StatusOr<std::string> ReadNote(rocksdb::FileSystem& files, const std::string& path) {
  ASSIGN_OR_RETURN(const bool exists, FileExists(files, path));
  if (!exists) return Missing(path);
  uint64_t bytes = 0;
  RETURN_IF_ERROR(FromRocksDb(files.GetFileSize(path, {}, &bytes, nullptr), "reading " + path));
  if (bytes > kMaxMemoryBytes) {
    return absl::DataLossError(absl::StrCat("it has ", bytes, " bytes"));
  }
  std::string note;
  RETURN_IF_ERROR(FromRocksDb(rocksdb::ReadFileToString(&files, path, &note), "reading " + path));
  return note;
}

absl::StatusOr<Checkpoint> CheckNote(const std::string& note, const NoteSigner& signer,
                                     const std::string& path) {
  ASSIGN_OR_RETURN(const StatedCheckpoint stated, ParseCheckpoint(note));
  if (stated.origin != signer.name() || stated.key_id != signer.key_id()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the file ", path, " is what another checkpoint key remembers (of \"",
                     stated.origin, "\"): put back the one that belongs to this key"));
  }
  // Signing is deterministic, so signing again checks every byte, the signature included.
  Checkpoint checkpoint = SignCheckpoint(signer, stated.size, stated.root);
  if (checkpoint.note == note) return checkpoint;
  return absl::DataLossError("it is not what the key signed");
}

}  // namespace

std::string CheckpointMemoryPath(const std::string& key_file) { return key_file + ".newest"; }

std::string CheckpointLockPath(const std::string& key_file) {
  return CheckpointMemoryPath(key_file) + ".lock";
}

absl::StatusOr<std::unique_ptr<StoreLock>> LockCheckpointKey(
    const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& key_file) {
  auto lock = StoreLock::Take(files, CheckpointLockPath(key_file));
  if (lock.ok()) return lock;
  return absl::FailedPreconditionError(absl::StrCat("the checkpoint key ", key_file,
                                                    " cannot be locked (is another process using "
                                                    "it?): ",
                                                    lock.status().message()));
}

Checkpoint EmptyLogCheckpoint(const NoteSigner& signer) {
  return SignCheckpoint(signer, 0, RightEdge().Root());
}

absl::StatusOr<Checkpoint> ReadCheckpointMemory(rocksdb::FileSystem& files,
                                                const std::string& key_file,
                                                const NoteSigner& signer) {
  const std::string path = CheckpointMemoryPath(key_file);
  const absl::StatusOr<std::string> note = ReadNote(files, path);
  absl::StatusOr<Checkpoint> checkpoint =
      note.ok() ? CheckNote(*note, signer, path) : absl::StatusOr<Checkpoint>(note.status());
  if (!absl::IsDataLoss(checkpoint.status())) return checkpoint;
  return absl::DataLossError(
      absl::StrCat("the file ", path,
                   ", in which the checkpoint key remembers the newest checkpoint that it signed, "
                   "is damaged: ",
                   checkpoint.status().message(),
                   ". Put it back from the copy that is kept with the key (an older one will do)"));
}

absl::Status WriteCheckpointMemory(rocksdb::FileSystem& files, const std::string& key_file,
                                   const Checkpoint& checkpoint) {
  return CreateFileDurably(files, CheckpointMemoryPath(key_file), checkpoint.note);
}

}  // namespace bansos
