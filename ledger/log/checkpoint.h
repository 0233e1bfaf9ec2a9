// Checkpoint: the signed statement that the log of an origin had a root at a size (C2SP
// tlog-checkpoint, without extension lines). docs/formats/checkpoint.md gives the bytes.
//
//   text = origin, LF, size (decimal), LF, base64(root), LF
// Values only: no I/O, no threads.
#ifndef LEDGER_LOG_CHECKPOINT_H_
#define LEDGER_LOG_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ledger/base/hash.h"
#include "ledger/log/signed_note.h"

namespace bansos {

struct Checkpoint {
  uint64_t size = 0;
  Hash root = {};
  std::string note;  // the authority: the signed note as it was stored
};

// The same signer, size and root always give the same note. The origin is the signer's name.
Checkpoint SignCheckpoint(const NoteSigner& signer, uint64_t size, const Hash& root);

// What a note of ours says, before anything in it is trusted.
struct StatedCheckpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root = {};
  uint32_t key_id = 0;
};

// DATA_LOSS unless `note` has the form that SignCheckpoint writes. Does not check the signature.
absl::StatusOr<StatedCheckpoint> ParseCheckpoint(std::string_view note);

}  // namespace bansos

#endif  // LEDGER_LOG_CHECKPOINT_H_
