// CheckpointText: the three lines that every C2SP checkpoint begins with. Reads them; whether the
// signature is right is for the verifier, who has the key from elsewhere. Pure, thread-safe.
#ifndef TOOLS_BANSOSCTL_EXPORT_CHECKPOINT_TEXT_H_
#define TOOLS_BANSOSCTL_EXPORT_CHECKPOINT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace bansos {

// More than sixteen signatures of the longest kind take; what is longer is no checkpoint.
inline constexpr size_t kCheckpointBytesMax = 64 * 1024;

struct CheckpointText {
  std::string origin;
  uint64_t size = 0;
  std::string root;  // 32 bytes
};

// INVALID_ARGUMENT saying what is wrong when these bytes are no checkpoint with a signature.
absl::StatusOr<CheckpointText> ParseCheckpointText(std::string_view bytes);

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_EXPORT_CHECKPOINT_TEXT_H_
