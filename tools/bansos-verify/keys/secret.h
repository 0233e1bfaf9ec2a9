// Secret: 32 secret bytes, zeroed when they go, and what docs/formats/sealing.md derives from them.
// A value; not thread-safe to change.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_SECRET_H_
#define TOOLS_BANSOS_VERIFY_KEYS_SECRET_H_

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "tools/bansos-verify/finding/require.h"

namespace bansos::verify {

class Secret {
 public:
  static constexpr size_t kBytes = 32;

  Secret() = default;
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { sodium_memzero(bytes_.data(), kBytes); }

  // kdf(this, id, context); `context` has 8 characters.
  Secret Derive(uint64_t id, const char* context) const {
    Secret derived;
    REQUIRE(crypto_kdf_derive_from_key(derived.data(), kBytes, id, context, data()) == 0);
    return derived;
  }

  const uint8_t* data() const { return bytes_.data(); }
  uint8_t* data() { return bytes_.data(); }

 private:
  std::array<uint8_t, kBytes> bytes_{};
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_SECRET_H_
