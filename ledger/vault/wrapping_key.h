// WrappingKey: the key of the key file, under which every other key of the vault is stored.
//
// A wrapped key carries the epoch of the wrapping key and is bound to its row key, so it opens
// only where it was written. Immutable, thread-safe.
#ifndef LEDGER_VAULT_WRAPPING_KEY_H_
#define LEDGER_VAULT_WRAPPING_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ledger/vault/random_buffer.h"
#include "ledger/vault/secret_key.h"

namespace bansos {

class WrappingKey {
 public:
  WrappingKey(uint32_t epoch, const SecretKey& master);

  uint32_t epoch() const { return epoch_; }

  // 32 bytes that tell this key from another without giving anything of it away.
  std::string CheckValue() const;

  // The nonce comes from `random`.
  std::string Wrap(std::string_view row_key, const SecretKey& key, RandomBuffer& random) const;

  // Errors: DATA_LOSS (wrong length, another epoch, does not authenticate).
  absl::StatusOr<SecretKey> Unwrap(std::string_view row_key, std::string_view wrapped) const;

 private:
  std::string Aad(std::string_view row_key) const;

  uint32_t epoch_;
  SecretKey wrap_;
  SecretKey check_;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_WRAPPING_KEY_H_
