// The file of the checkpoint key: one line, a signed-note key text (signed_note.h), readable by
// nobody but its owner and kept outside the data directory. What the key remembers lies beside it
// (checkpoint_memory.h) and is made with it. Stateless.
#ifndef LEDGER_LOG_CHECKPOINT_KEY_H_
#define LEDGER_LOG_CHECKPOINT_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/log/signed_note.h"

namespace bansos {

// Makes a random key for `origin` in a new file of mode 0600, durable before it returns, and before
// it the memory of a key that signed nothing. INVALID_ARGUMENT when the origin cannot name a key;
// ALREADY_EXISTS.
absl::StatusOr<NoteSigner> CreateCheckpointKey(const std::string& path, const std::string& origin);

// The key in the file, which must be one of `origin`. FAILED_PRECONDITION when it is missing, open
// to others or of another origin; INVALID_ARGUMENT when the file holds no key.
absl::StatusOr<NoteSigner> OpenCheckpointKey(const std::string& path, const std::string& origin);

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINT_KEY_H_
