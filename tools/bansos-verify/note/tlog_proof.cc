#include "tools/bansos-verify/note/tlog_proof.h"

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/tree/proof.h"

namespace bansos::verify {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
// A tree of 2^64 leaves has no longer proofs.
constexpr size_t kMaxProofHashes = 64;

// nullopt when no whole line is left.
std::optional<std::string_view> TakeProofLine(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

absl::StatusOr<TlogProof> ParseTlogProof(std::string_view bytes, const std::string& place) {
  TlogProof found;
  if (TakeProofLine(bytes) != kFirstLine) {
    return FaultIn(place, "the first line is not '", std::string(kFirstLine), "'");
  }
  auto line = TakeProofLine(bytes);
  if (line && line->starts_with(kExtra)) {
    found.extra = DecodeBase64(line->substr(kExtra.size()));
    if (!found.extra) return FaultIn(place, "the extra data are not base64");
    line = TakeProofLine(bytes);
  }
  const auto index =
      line && line->starts_with(kIndex) ? ParseDecimal(line->substr(kIndex.size())) : std::nullopt;
  if (!index) return FaultIn(place, "the line with the index is missing or wrong");
  found.index = *index;
  for (line = TakeProofLine(bytes); line && !line->empty(); line = TakeProofLine(bytes)) {
    const auto hash = DecodeBase64(*line);
    if (!hash || hash->size() != kHashBytes) return FaultIn(place, "a line is not a hash");
    found.proof.push_back(*hash);
    if (found.proof.size() > kMaxProofHashes) return FaultIn(place, "the proof is too long");
  }
  if (!line) return FaultIn(place, "no blank line before the checkpoint");
  found.checkpoint = std::string(bytes);
  return found;
}

absl::StatusOr<Receipt> ReadReceipt(std::string_view bytes, const VerifierKey& key,
                                    const std::string& place) {
  TRY_ASSIGN(TlogProof proof, ParseTlogProof(bytes, place));
  TRY_ASSIGN(Checkpoint checkpoint,
             ReadCheckpoint(proof.checkpoint, key, absl::StrCat("the checkpoint of ", place)));
  if (!proof.extra) {
    return FaultIn(place, "it holds no entry (a line 'extra'), so there is nothing to prove");
  }
  const absl::Status proved =
      CheckInclusion(proof.index, checkpoint.size, std::string(Bytes(LeafHash(*proof.extra))),
                     proof.proof, std::string(Bytes(checkpoint.root)));
  if (!proved.ok()) return FaultIn(place, std::string(proved.message()));
  return Receipt{proof.index, *std::move(proof.extra), std::move(checkpoint)};
}

}  // namespace bansos::verify
