// Deterministic sealing of one value, and the commitment to a person's key: pure functions of keys
// and bytes, without rows (docs/formats/sealing.md has the grammar).
//
//   sealed := format byte 1, nonce 24, ciphertext (plaintext padded to kPaddingBytes), tag 16
//   nonce  := keyed BLAKE2b of AAD and plaintext
//
// Equal plaintexts sealed as the same thing give equal bytes, so a retry can be compared with what
// is stored. Thread-safe.
#ifndef LEDGER_VAULT_SEALING_H_
#define LEDGER_VAULT_SEALING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ledger/vault/secret_key.h"

namespace bansos {

// Lengths are hidden to within this many bytes: a name with its address spans several buckets, a
// bank reference one, and an event grows by 16 bytes on average.
inline constexpr size_t kPaddingBytes = 32;

inline constexpr size_t kKeyCommitmentBytes = 32;

// What one person's (or the ledger's) key is used for, derived from it.
struct SealingKeys {
  static SealingKeys DerivedFrom(const SecretKey& key);

  SecretKey encryption;
  SecretKey nonce;
  SecretKey commitment;
};

// Whose key seals the value; part of the AAD.
enum class SealScope : uint8_t { kPerson = 1, kLedger = 2 };

// What a sealed value is bound to.
struct SealedAs {
  SealScope scope;
  uint64_t number;  // the recipient; 0 for the ledger
  uint8_t field;
  uint8_t version;
  std::string_view context;  // clear bytes, may be empty
};

// Errors: INVALID_ARGUMENT when `plaintext` exceeds kMaxPlaintextBytes.
absl::StatusOr<std::string> SealValue(const SealingKeys& keys, const SealedAs& as,
                                      std::string_view plaintext);

// Errors: DATA_LOSS unless `sealed` is what SealValue gave for the same keys and `as`.
absl::StatusOr<std::string> UnsealValue(const SealingKeys& keys, const SealedAs& as,
                                        std::string_view sealed);

// Binds a recipient number to one key (XChaCha20-Poly1305 alone does not commit to its key).
std::string CommitmentTo(const SealingKeys& keys, uint64_t number);

}  // namespace bansos

#endif  // LEDGER_VAULT_SEALING_H_
