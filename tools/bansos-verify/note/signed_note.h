// C2SP signed notes: a text, a blank line, and signature lines of which one must be the given
// key's. Lines of other keys are ignored, whatever their type; a bad signature of the given key
// refuses the note. Pure functions, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_SIGNED_NOTE_H_
#define TOOLS_BANSOS_VERIFY_NOTE_SIGNED_NOTE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/note/verifier_key.h"

namespace bansos::verify {

// No note of ours or of a witnessed log comes near it.
inline constexpr size_t kMaxNoteBytes = 1'000'000;
inline constexpr int kMaxNoteSignatures = 100;

struct NoteSignature {
  std::string name;
  uint32_t id = 0;
  std::string bytes;
};

struct SignedNote {
  std::string text;  // ends with a line feed
  std::vector<NoteSignature> signatures;
};

// Its structure, signatures unchecked. `place` names the note in a fault.
absl::StatusOr<SignedNote> ParseNote(std::string_view bytes, const std::string& place);

// A fault unless the key has signed the note.
absl::Status CheckSignature(const SignedNote& note, const VerifierKey& key,
                            const std::string& place);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_SIGNED_NOTE_H_
