// C2SP signed notes, the writing half: an Ed25519 key that signs texts under a name (key type
// 0x01). docs/formats/checkpoint.md gives the bytes.
//
//   note      = text, LF, em dash, " ", name, " ", base64(key id, signature), LF
//   key id    = the first 4 bytes of SHA-256(name, LF, 0x01, public key)
//   vkey      = name, "+", hex(key id), "+", base64(0x01, public key)
//   key text  = "PRIVATE+KEY+", name, "+", hex(key id), "+", base64(0x01, seed)
// Signing is deterministic: one key and one text give one note. Immutable, thread-safe.
#ifndef LEDGER_LOG_SIGNED_NOTE_H_
#define LEDGER_LOG_SIGNED_NOTE_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace bansos {

class NoteSigner {
 public:
  // A new random key. Errors as CheckNoteKeyName (note_key_name.h).
  static absl::StatusOr<NoteSigner> Generate(std::string_view name);

  // Reads a key text; one line end behind it is allowed. INVALID_ARGUMENT says what is wrong and
  // shows nothing of the key.
  static absl::StatusOr<NoteSigner> Parse(std::string_view key_text);

  ~NoteSigner();
  NoteSigner(const NoteSigner&) = default;
  NoteSigner& operator=(const NoteSigner&) = default;

  const std::string& name() const { return name_; }
  uint32_t key_id() const { return key_id_; }

  // The text to verify with; may be shown to anyone.
  std::string VerifierKey() const;

  // Secret: whoever has it can sign. The caller wipes it.
  std::string KeyText() const;

  // REQUIRES: `text` ends with a line end.
  std::string Sign(std::string_view text) const;

 private:
  static constexpr size_t kSeedBytes = 32;
  static constexpr size_t kPublicKeyBytes = 32;
  static constexpr size_t kSecretKeyBytes = 64;

  NoteSigner(std::string_view name, const std::array<uint8_t, kSeedBytes>& seed);

  std::string name_;
  uint32_t key_id_ = 0;
  std::array<uint8_t, kPublicKeyBytes> public_key_;
  std::array<uint8_t, kSecretKeyBytes> secret_key_;  // seed and public key, as libsodium has it
};

}  // namespace bansos

#endif  // LEDGER_LOG_SIGNED_NOTE_H_
