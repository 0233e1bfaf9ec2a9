// The file of the checkpoint key: one line, a signed-note key text (signed_note.h), readable by
// nobody but its owner and kept outside the data directory. Stateless.
#ifndef LEDGER_LOG_CHECKPOINT_KEY_H_
#define LEDGER_LOG_CHECKPOINT_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "ledger/log/signed_note.h"

namespace bansos {

// Makes a random key for `origin` in a new file of mode 0600, durable before it returns.
// INVALID_ARGUMENT when the origin cannot name a key; ALREADY_EXISTS.
absl::StatusOr<NoteSigner> CreateCheckpointKey(const std::string& path, const std::string& origin);

enum class KeyFileUse {
  kMustExist,  // checkpoints were signed with it
  kMayCreate,
};

// The key in the file, which must be one of `origin`; created when there is none and that is
// allowed. FAILED_PRECONDITION when it is missing, open to others or of another origin;
// INVALID_ARGUMENT when the file holds no key.
absl::StatusOr<NoteSigner> OpenCheckpointKey(const std::string& path, const std::string& origin,
                                             KeyFileUse use);

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINT_KEY_H_
