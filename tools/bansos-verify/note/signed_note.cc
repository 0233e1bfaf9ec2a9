#include "tools/bansos-verify/note/signed_note.h"

#include <algorithm>
#include <optional>

#include "tools/bansos-verify/finding/finding.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/note/utf8.h"

namespace bansos::verify {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // em dash, space
constexpr size_t kKeyIdBytes = 4;

// Without its line feed.
std::optional<NoteSignature> ParseSignature(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  const size_t space = line.find(' ');
  if (space == line.npos || !IsKeyName(line.substr(0, space))) return std::nullopt;
  const auto blob = DecodeBase64(line.substr(space + 1));
  if (!blob || blob->size() <= kKeyIdBytes) return std::nullopt;
  uint32_t id = 0;
  for (size_t i = 0; i < kKeyIdBytes; ++i) id = id << 8 | static_cast<uint8_t>((*blob)[i]);
  return NoteSignature{std::string(line.substr(0, space)), id, blob->substr(kKeyIdBytes)};
}

absl::Status CheckCharacters(std::string_view bytes, const std::string& place) {
  if (bytes.size() > kMaxNoteBytes) {
    return FaultIn(place, bytes.size(), " bytes are more than a note may have");
  }
  if (!DecodeUtf8(bytes)) return FaultIn(place, "the note is not UTF-8");
  if (std::ranges::any_of(bytes, [](char c) { return c >= 0 && c < 0x20 && c != '\n'; })) {
    return FaultIn(place, "the note has a control character");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SignedNote> ParseNote(std::string_view bytes, const std::string& place) {
  TRY(CheckCharacters(bytes, place));
  const size_t blank = bytes.rfind("\n\n");
  if (blank == bytes.npos) return FaultIn(place, "no blank line before the signatures");
  SignedNote note;
  note.text = std::string(bytes.substr(0, blank + 1));
  std::string_view lines = bytes.substr(blank + 2);
  if (lines.empty()) return FaultIn(place, "no signature");
  if (lines.back() != '\n') return FaultIn(place, "the last line does not end");
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    std::optional<NoteSignature> signature = ParseSignature(lines.substr(0, end));
    if (!signature) return FaultIn(place, "a line after the text is no signature");
    note.signatures.push_back(*std::move(signature));
    if (note.signatures.size() > kMaxNoteSignatures) {
      return FaultIn(place, "more than ", kMaxNoteSignatures, " signatures");
    }
    lines.remove_prefix(end + 1);
  }
  return note;
}

absl::Status CheckSignature(const SignedNote& note, const VerifierKey& key,
                            const std::string& place) {
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != key.name() || signature.id != key.id()) continue;
    if (key.Verify(note.text, signature.bytes))
      return absl::OkStatus();  // a second one counts once
    return FaultIn(place, "the signature of ", key.Label(), " is wrong");
  }
  return FaultIn(place, "no signature of ", key.Label());
}

}  // namespace bansos::verify
