// RandomBuffer: random bytes for many keys from few system calls (one each would cost as much as
// all other work of a reservation). What was handed out is zeroed. Not thread-safe; short-lived.
#ifndef LEDGER_VAULT_RANDOM_BUFFER_H_
#define LEDGER_VAULT_RANDOM_BUFFER_H_

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ledger/base/check.h"
#include "ledger/vault/secret_key.h"

namespace bansos {

class RandomBuffer {
 public:
  RandomBuffer() = default;
  RandomBuffer(const RandomBuffer&) = delete;
  RandomBuffer& operator=(const RandomBuffer&) = delete;
  ~RandomBuffer() { sodium_memzero(bytes_.data(), kBytes); }

  // REQUIRES: size <= kBytes.
  void Take(uint8_t* out, size_t size) {
    CHECK(size <= kBytes);
    if (kBytes - used_ < size) {
      randombytes_buf(bytes_.data(), kBytes);
      used_ = 0;
    }
    std::memcpy(out, bytes_.data() + used_, size);
    sodium_memzero(bytes_.data() + used_, size);
    used_ += size;
  }

  SecretKey TakeKey() {
    SecretKey key;
    Take(key.mutable_data(), SecretKey::kBytes);
    return key;
  }

 private:
  // Keys and nonces of 73 persons.
  static constexpr size_t kBytes = 4096;

  std::array<uint8_t, kBytes> bytes_;
  size_t used_ = kBytes;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_RANDOM_BUFFER_H_
