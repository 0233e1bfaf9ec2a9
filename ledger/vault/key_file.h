// The key file: the wrapping key and its epoch, on a medium of its own beside no copy of the data.
//
//   epoch <decimal>
//   key <64 hexadecimal digits>
//
// Nobody but its owner may read it. Functions without state.
#ifndef LEDGER_VAULT_KEY_FILE_H_
#define LEDGER_VAULT_KEY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/vault/wrapping_key.h"
#include "rocksdb/file_system.h"

namespace bansos {

// Errors: NOT_FOUND, FAILED_PRECONDITION (open to group or others), INVALID_ARGUMENT (not a key
// file).
absl::StatusOr<WrappingKey> ReadKeyFile(const std::string& path);

// Makes a random key of epoch 1 in a new file of mode 0600, durable before it returns. Whoever
// stops it half-way leaves no file at `path`. Errors: ALREADY_EXISTS.
absl::StatusOr<WrappingKey> CreateKeyFile(rocksdb::FileSystem& files, const std::string& path);

// FAILED_PRECONDITION when `key_file` lies in `directory`: a copy of the data would hold its key.
absl::Status CheckKeyFileOutside(const std::string& key_file, const std::string& directory);

}  // namespace bansos

#endif  // LEDGER_VAULT_KEY_FILE_H_
