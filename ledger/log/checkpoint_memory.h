// What a checkpoint key remembers, in a file beside its own: the newest checkpoint that it signed,
// as the note itself (docs/formats/checkpoint.md). A key that signed nothing yet remembers a
// checkpoint of the empty log, so the file is never rightly missing.
//
// With it a key cannot be made to sign two logs, whatever data directory it is given. One process
// at a time uses a key. Functions without state.
#ifndef LEDGER_LOG_CHECKPOINT_MEMORY_H_
#define LEDGER_LOG_CHECKPOINT_MEMORY_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/log_start.h"
#include "rocksdb/file_system.h"

namespace bansos {

// Where the key of `key_file` remembers.
std::string CheckpointMemoryPath(const std::string& key_file);

// An empty file, made with the memory, by which one process keeps the others from its key.
std::string CheckpointLockPath(const std::string& key_file);

// FAILED_PRECONDITION when another process uses the key.
absl::StatusOr<std::unique_ptr<StoreLock>> LockCheckpointKey(
    const std::shared_ptr<rocksdb::FileSystem>& files, const std::string& key_file);

// What a key remembers that signed nothing yet.
Checkpoint EmptyLogCheckpoint(const NoteSigner& signer);

// FAILED_PRECONDITION when it is missing or another key's; DATA_LOSS when it is not, byte for byte,
// a note of the signer.
absl::StatusOr<Checkpoint> ReadCheckpointMemory(rocksdb::FileSystem& files,
                                                const std::string& key_file,
                                                const NoteSigner& signer);

// Replaces it as a whole: durable when it returns OK, else the old one or the new one is there.
absl::Status WriteCheckpointMemory(rocksdb::FileSystem& files, const std::string& key_file,
                                   const Checkpoint& checkpoint);

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINT_MEMORY_H_
