// SHA-256, the one hash of the log (leaves, nodes, list digests). Thread-safe, no state between
// calls.
#ifndef LEDGER_BASE_HASH_H_
#define LEDGER_BASE_HASH_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace bansos {

// The 32 bytes of a SHA-256.
using Hash = std::array<uint8_t, 32>;

Hash Sha256(std::string_view bytes);

// The bytes of a hash as a view, to write or to compare.
inline std::string_view AsBytes(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace bansos

#endif  // LEDGER_BASE_HASH_H_
