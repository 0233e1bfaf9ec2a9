// PersonKeys: one random key a recipient number, stored wrapped, cached unwrapped.
//
// A number without row is NOT_FOUND and never reads as erased; a row that does not open is
// DATA_LOSS. Thread-safe. Owned by Vault.
#ifndef LEDGER_VAULT_PERSON_KEYS_H_
#define LEDGER_VAULT_PERSON_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/vault/key_cache.h"
#include "ledger/vault/random_buffer.h"
#include "ledger/vault/sealing.h"
#include "ledger/vault/wrapping_key.h"

namespace rocksdb {
class WriteBatch;
}  // namespace rocksdb

namespace bansos {

class VaultStore;

struct PersonKey {
  uint64_t number;
  SealingKeys keys;
};

class PersonKeys {
 public:
  // `store` must outlive this. REQUIRES: cached_keys > 0.
  PersonKeys(const VaultStore& store, const WrappingKey& wrapping, size_t cached_keys);

  // Makes the key of a new number and adds its row to the batch.
  PersonKey StageNew(uint64_t number, RandomBuffer& random, rocksdb::WriteBatch& batch) const;

  // REQUIRES: the row of `key` is durable.
  void Remember(const PersonKey& key) const { cache_.Put(key.number, key.keys); }

  absl::StatusOr<SealingKeys> Load(uint64_t number) const;

  // In the order of `numbers`. Errors name the first number without a sound row.
  absl::StatusOr<std::vector<SealingKeys>> LoadAll(absl::Span<const uint64_t> numbers) const;

 private:
  absl::StatusOr<SealingKeys> ParseRow(uint64_t number, std::string_view row_key,
                                       const std::string* row) const;

  const VaultStore& store_;
  const WrappingKey wrapping_;
  mutable KeyCache cache_;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_PERSON_KEYS_H_
