#include "ledger/vault/person_keys.h"

#include <rocksdb/write_batch.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/row_format.h"
#include "ledger/vault/vault_store.h"

namespace bansos {

PersonKeys::PersonKeys(const VaultStore& store, const WrappingKey& wrapping, size_t cached_keys)
    : store_(store), wrapping_(wrapping), cache_(cached_keys) {}

PersonKey PersonKeys::StageNew(uint64_t number, RandomBuffer& random,
                               rocksdb::WriteBatch& batch) const {
  CHECK(number > 0);
  const SecretKey key = random.TakeKey();
  const std::string row_key = PersonKeyRowKey(number);
  std::string row(1, static_cast<char>(kPersonKindKey));
  row.append(wrapping_.Wrap(row_key, key, random));
  batch.Put(row_key, row);
  return {.number = number, .keys = SealingKeys::DerivedFrom(key)};
}

absl::StatusOr<SealingKeys> PersonKeys::Load(uint64_t number) const {
  if (std::optional<SealingKeys> cached = cache_.Get(number); cached.has_value()) return *cached;
  const std::string row_key = PersonKeyRowKey(number);
  ASSIGN_OR_RETURN(const std::optional<std::string> row, store_.Get(row_key));
  ASSIGN_OR_RETURN(SealingKeys keys, ParseRow(number, row_key, row.has_value() ? &*row : nullptr));
  cache_.Put(number, keys);
  return keys;
}

absl::StatusOr<std::vector<SealingKeys>> PersonKeys::LoadAll(
    absl::Span<const uint64_t> numbers) const {
  std::vector<SealingKeys> keys(numbers.size());
  std::vector<size_t> missing;
  std::vector<std::string> row_keys;
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (const std::optional<SealingKeys> cached = cache_.Get(numbers[i]); cached.has_value()) {
      keys[i] = *cached;
    } else {
      missing.push_back(i);
      row_keys.push_back(PersonKeyRowKey(numbers[i]));
    }
  }
  if (missing.empty()) return keys;
  ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows, store_.GetAll(row_keys));
  CHECK(rows.size() == missing.size());
  for (size_t m = 0; m < missing.size(); ++m) {
    const uint64_t number = numbers[missing[m]];
    ASSIGN_OR_RETURN(keys[missing[m]],
                     ParseRow(number, row_keys[m], rows[m].has_value() ? &*rows[m] : nullptr));
    cache_.Put(number, keys[missing[m]]);
  }
  return keys;
}

absl::StatusOr<SealingKeys> PersonKeys::ParseRow(uint64_t number, std::string_view row_key,
                                                 const std::string* row) const {
  if (row == nullptr || number == 0) {
    return absl::NotFoundError(absl::StrCat("vault: recipient ", number, " has no key"));
  }
  if (row->empty() || static_cast<uint8_t>((*row)[0]) != kPersonKindKey) {
    return absl::DataLossError(
        absl::StrCat("vault: key row of recipient ", number, " is of no known kind"));
  }
  const absl::StatusOr<SecretKey> key = wrapping_.Unwrap(row_key, std::string_view(*row).substr(1));
  if (!key.ok()) {
    return absl::DataLossError(absl::StrCat("vault: key row of recipient ", number,
                                            " is damaged: ", key.status().message()));
  }
  return SealingKeys::DerivedFrom(*key);
}

}  // namespace bansos
