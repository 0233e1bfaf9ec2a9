#include "tools/bansos-verify/note/checkpoint.h"

#include <limits>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/note/signed_note.h"

namespace bansos::verify {
namespace {

// Takes the next line off `text`, in which every line ends with a line feed.
std::string_view TakeCheckpointLine(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::optional<uint64_t> ParseDecimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const uint64_t digit = c - '0';
    if (value > (std::numeric_limits<uint64_t>::max() - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

absl::StatusOr<Checkpoint> ReadCheckpoint(std::string_view bytes,
                                          const std::optional<VerifierKey>& key,
                                          const std::string& place) {
  TRY_ASSIGN(const SignedNote note, ParseNote(bytes, place));
  if (key) TRY(CheckSignature(note, *key, place));
  std::string_view text = note.text;
  Checkpoint checkpoint{.origin = std::string(TakeCheckpointLine(text))};
  if (checkpoint.origin.empty()) return FaultIn(place, "the first line, the origin, is empty");
  const auto size = ParseDecimal(TakeCheckpointLine(text));
  if (!size) return FaultIn(place, "the second line is not a size");
  checkpoint.size = *size;
  const auto root = DecodeBase64(TakeCheckpointLine(text));
  if (!root || root->size() != kHashBytes) return FaultIn(place, "the third line is not a root");
  checkpoint.root = HashFrom(*root);
  for (; !text.empty(); ++checkpoint.extensions) {
    if (TakeCheckpointLine(text).empty()) return FaultIn(place, "an empty line between the lines");
  }
  return checkpoint;
}

}  // namespace bansos::verify
