// SecretKey: 32 secret bytes that are zeroed when they go, so that no copy of a key outlives its
// use. A value type; not thread-safe to change.
#ifndef LEDGER_VAULT_SECRET_KEY_H_
#define LEDGER_VAULT_SECRET_KEY_H_

#include <sodium.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ledger/base/check.h"

namespace bansos {

class SecretKey {
 public:
  static constexpr size_t kBytes = 32;

  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey() { sodium_memzero(bytes_.data(), kBytes); }

  // The key derived from this one for the use `id` of the 8 characters `context`. Pairs of both are
  // listed in docs/formats/sealing.md and never reused for anything else.
  SecretKey Subkey(uint64_t id, std::string_view context) const {
    static_assert(kBytes == crypto_kdf_KEYBYTES);
    CHECK(context.size() == crypto_kdf_CONTEXTBYTES);
    SecretKey key;
    CHECK(crypto_kdf_derive_from_key(key.bytes_.data(), kBytes, id, context.data(),
                                     bytes_.data()) == 0);
    return key;
  }

  const uint8_t* data() const { return bytes_.data(); }
  uint8_t* mutable_data() { return bytes_.data(); }

 private:
  std::array<uint8_t, kBytes> bytes_{};
};

}  // namespace bansos

#endif  // LEDGER_VAULT_SECRET_KEY_H_
