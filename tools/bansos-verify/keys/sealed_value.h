// Sealed values, as docs/formats/sealing.md writes them: opening one, sealing one again, and the
// commitment to a recipient's key. Pure functions of keys and bytes, thread-safe.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_SEALED_VALUE_H_
#define TOOLS_BANSOS_VERIFY_KEYS_SEALED_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/bansos-verify/keys/secret.h"

namespace bansos::verify {

enum class SealedField : uint8_t {
  kIdentity = 1,
  kPayeeDetails = 2,
  kAssessment = 3,
  kBankReference = 4,
  kReportedReference = 5,
};

// What a value is sealed as: under a recipient's key with the number and no context, or under the
// ledger key with the number 0 and a context.
struct SealedAs {
  SealedField field;
  uint64_t recipient = 0;
  std::string context = {};
};

// The plaintext; nullopt unless `sealed` is, byte for byte, what sealing it as `as` gives.
std::optional<std::string> Open(const Secret& key, const SealedAs& as, std::string_view sealed);

// REQUIRES: a plaintext that the format takes.
std::string Seal(const Secret& key, const SealedAs& as, std::string_view plaintext);

// 32 bytes.
std::string CommitmentTo(const Secret& key, uint64_t recipient);

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_SEALED_VALUE_H_
