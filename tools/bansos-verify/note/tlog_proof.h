// C2SP tlog-proofs ("receipts"): an entry's index and inclusion proof and a checkpoint in one file,
// with the entry itself as extra data. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_TLOG_PROOF_H_
#define TOOLS_BANSOS_VERIFY_NOTE_TLOG_PROOF_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/note/checkpoint.h"

namespace bansos::verify {

struct TlogProof {
  std::optional<std::string> extra;
  uint64_t index = 0;
  std::vector<std::string> proof;
  std::string checkpoint;  // as it was signed
};

// `place` names the file in a fault.
absl::StatusOr<TlogProof> ParseTlogProof(std::string_view bytes, const std::string& place);

struct Receipt {
  uint64_t position = 0;
  std::string entry;
  Checkpoint checkpoint;
};

// A receipt whose checkpoint the key signed and whose proof leads from its entry to the root.
absl::StatusOr<Receipt> ReadReceipt(std::string_view bytes, const VerifierKey& key,
                                    const std::string& place);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_TLOG_PROOF_H_
