#include "ledger/log/checkpoint_key.h"

#include <sodium.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/durable_files.h"
#include "ledger/base/secret_file.h"
#include "ledger/base/status_macros.h"
#include "ledger/log/checkpoint_memory.h"

namespace bansos {
namespace {

// A key text is the name and about 75 bytes; more than this is another file.
constexpr size_t kMaxKeyFileBytes = 1024;

absl::StatusOr<NoteSigner> ReadKey(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, ReadSecretFile(path, kMaxKeyFileBytes));
  const absl::Cleanup wipe = [&text] { sodium_memzero(text.data(), text.size()); };
  absl::StatusOr<NoteSigner> signer = NoteSigner::Parse(text);
  if (signer.ok()) return signer;
  return absl::Status(signer.status().code(),
                      absl::StrCat("checkpoint key file ", path, ": ", signer.status().message()));
}

}  // namespace

absl::StatusOr<NoteSigner> CreateCheckpointKey(const std::string& path, const std::string& origin) {
  ASSIGN_OR_RETURN(NoteSigner signer, NoteSigner::Generate(origin));
  const std::shared_ptr<rocksdb::FileSystem> files = rocksdb::FileSystem::Default();
  // The memory comes first and is never taken from a key that has one: without its key it means
  // nothing, a key without its memory would not be opened.
  ASSIGN_OR_RETURN(const bool exists, FileExists(*files, path));
  if (exists) {
    return absl::AlreadyExistsError(absl::StrCat("there is a key file ", path, " already"));
  }
  const std::string memory = CheckpointMemoryPath(path);
  ASSIGN_OR_RETURN(const bool remembered, FileExists(*files, memory));
  if (remembered) {
    return absl::AlreadyExistsError(absl::StrCat(
        "there is a file ", memory,
        " already, where the new key would remember what it signed. If "
        "it is no other's, a crash left it: remove it; otherwise name another key file"));
  }
  ASSIGN_OR_RETURN(const auto lock, LockCheckpointKey(files, path));
  RETURN_IF_ERROR(WriteCheckpointMemory(*files, path, EmptyLogCheckpoint(signer)));
  std::string text = signer.KeyText() + "\n";
  const absl::Cleanup wipe = [&text] { sodium_memzero(text.data(), text.size()); };
  RETURN_IF_ERROR(CreateSecretFile(*rocksdb::FileSystem::Default(), path, text));
  return signer;
}

absl::StatusOr<NoteSigner> OpenCheckpointKey(const std::string& path, const std::string& origin) {
  absl::StatusOr<NoteSigner> signer = ReadKey(path);
  if (absl::IsNotFound(signer.status())) {
    return absl::FailedPreconditionError(
        absl::StrCat("the checkpoint key file ", path,
                     " is missing: put it back, or say where it is with --checkpoint-key-file"));
  }
  if (!signer.ok() || signer->name() == origin) return signer;
  return absl::FailedPreconditionError(
      absl::StrCat("the checkpoint key file ", path, " is for the origin \"", signer->name(),
                   "\", not \"", origin,
                   "\": give the key file of this ledger with --checkpoint-key-file (or, if it was "
                   "made under another name, that with --checkpoint-origin)"));
}

}  // namespace bansos
