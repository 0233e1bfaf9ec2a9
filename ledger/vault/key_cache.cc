#include "ledger/vault/key_cache.h"

#include <sodium.h>

#include <memory>

#include "ledger/base/check.h"

namespace bansos {

KeyCache::KeyCache(size_t slot_count)
    : slot_count_(slot_count),
      slots_(static_cast<Slot*>(sodium_allocarray(slot_count, sizeof(Slot)))) {
  CHECK(slot_count > 0);
  CHECK(slots_ != nullptr) << "no memory for " << slot_count << " keys";
  std::uninitialized_value_construct_n(slots_, slot_count_);
}

KeyCache::~KeyCache() {
  std::destroy_n(slots_, slot_count_);
  sodium_free(slots_);
}

std::optional<SealingKeys> KeyCache::Get(uint64_t number) const {
  const size_t slot = number % slot_count_;
  const std::lock_guard lock(MutexOf(slot));
  if (number == kEmptySlot || slots_[slot].number != number) return std::nullopt;
  return slots_[slot].keys;
}

void KeyCache::Put(uint64_t number, const SealingKeys& keys) {
  CHECK(number != kEmptySlot);
  const size_t slot = number % slot_count_;
  const std::lock_guard lock(MutexOf(slot));
  slots_[slot].number = number;
  slots_[slot].keys = keys;
}

}  // namespace bansos
