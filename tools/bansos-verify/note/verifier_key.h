// VerifierKey: the public key of a log as the text of a C2SP verifier key, `name+id+base64(type,
// key)`. Only Ed25519 (type 0x01) is known. A value, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_NOTE_VERIFIER_KEY_H_
#define TOOLS_BANSOS_VERIFY_NOTE_VERIFIER_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace bansos::verify {

// Of a key or its owner: not empty, no white space, no '+'.
bool IsKeyName(std::string_view name);

class VerifierKey {
 public:
  // INVALID_ARGUMENT, saying why, unless `text` is a key whose id is right.
  static absl::StatusOr<VerifierKey> Parse(std::string_view text);

  // Is `signature` this key's over `message`?
  bool Verify(std::string_view message, std::string_view signature) const;

  const std::string& name() const { return name_; }
  uint32_t id() const { return id_; }
  // As in a signature line's key: "name+0123abcd".
  std::string Label() const;

 private:
  VerifierKey(std::string name, uint32_t id, std::string key)
      : name_(std::move(name)), id_(id), key_(std::move(key)) {}

  std::string name_;
  uint32_t id_;
  std::string key_;  // 32 bytes
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_NOTE_VERIFIER_KEY_H_
