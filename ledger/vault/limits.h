// The bounds of what the vault takes in one call (DESIGN section 9, invariant 9).
#ifndef LEDGER_VAULT_LIMITS_H_
#define LEDGER_VAULT_LIMITS_H_

#include <cstddef>

namespace bansos {

// The most identities or values of one reservation call: eight full API requests of 8,192, so that
// one write batch stays under 20 MB.
inline constexpr size_t kMaxReservationsPerCall = 65'536;

// The longest identity or token value: several times the longest registration number.
inline constexpr size_t kMaxIdentityBytes = 256;

// The longest plaintext: with its padding and the rest of the event it must fit one log entry
// (60 KiB).
inline constexpr size_t kMaxPlaintextBytes = size_t{48} * 1024;

// The start check reads this many keys at once, however many are registered.
inline constexpr size_t kKeysPerCheck = 8'192;

}  // namespace bansos

#endif  // LEDGER_VAULT_LIMITS_H_
