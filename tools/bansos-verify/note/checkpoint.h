// C2SP tlog-checkpoints: a signed note whose text says origin, size and root of a log, one a line;
// more lines may follow. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_CHECKPOINT_H_
#define TOOLS_BANSOS_VERIFY_NOTE_CHECKPOINT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/note/verifier_key.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  int extensions = 0;  // lines after the root
};

// Decimal without leading zeros.
std::optional<uint64_t> ParseDecimal(std::string_view text);

// `place` names the checkpoint in a fault. Without a key the signature is not checked.
absl::StatusOr<Checkpoint> ReadCheckpoint(std::string_view bytes,
                                          const std::optional<VerifierKey>& key,
                                          const std::string& place);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_CHECKPOINT_H_
