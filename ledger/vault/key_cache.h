// KeyCache: unwrapped keys of persons, so that sealing does not read the vault for each value.
//
// Slots are indexed by recipient number modulo their count (numbers are dense, so a cache as large
// as the register holds all of it); a newcomer overwrites the slot. The slots lie in memory that
// is kept out of core dumps, locked as far as the limits of the process allow, and zeroed at the
// end. Thread-safe (std::mutex: the thread sanitizer does not see into the absl of Debian).
#ifndef LEDGER_VAULT_KEY_CACHE_H_
#define LEDGER_VAULT_KEY_CACHE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>

#include "ledger/vault/sealing.h"

namespace bansos {

class KeyCache {
 public:
  // REQUIRES: slot_count > 0.
  explicit KeyCache(size_t slot_count);
  ~KeyCache();
  KeyCache(const KeyCache&) = delete;
  KeyCache& operator=(const KeyCache&) = delete;

  std::optional<SealingKeys> Get(uint64_t number) const;
  void Put(uint64_t number, const SealingKeys& keys);

 private:
  static constexpr uint64_t kEmptySlot = 0;  // no recipient has this number

  struct Slot {
    uint64_t number = kEmptySlot;
    SealingKeys keys;
  };

  // Enough that the workers of a server rarely meet in one.
  static constexpr size_t kMutexCount = 64;

  std::mutex& MutexOf(size_t slot) const { return mutexes_[slot % kMutexCount]; }

  const size_t slot_count_;
  Slot* const slots_;  // slot i is guarded by MutexOf(i)
  mutable std::array<std::mutex, kMutexCount> mutexes_;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_KEY_CACHE_H_
