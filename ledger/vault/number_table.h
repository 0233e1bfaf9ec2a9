// NumberTable: gives each value of one kind its number, the same value always the same number.
//
// The row key of a value is an HMAC under the table's own secret key: without that key nobody can
// test guesses. A row's number is authenticated, so a changed row is DATA_LOSS.
// Thread-safe: look-ups take no lock; reservations of one table are serialised. Owned by Vault.
//
// Invariants:
//   1. next() is above every number ever written, also by a write whose outcome is unknown.
//   2. Visible rows are synced rows, so a number found may be used at once.
#ifndef LEDGER_VAULT_NUMBER_TABLE_H_
#define LEDGER_VAULT_NUMBER_TABLE_H_

#include <sodium.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/vault/row_format.h"
#include "ledger/vault/secret_key.h"

namespace rocksdb {
class WriteBatch;
}  // namespace rocksdb

namespace bansos {

class VaultStore;

struct NumberedValue {
  uint64_t number;
  bool created;
};

class NumberTable {
 public:
  // Adds to the batch what must exist as soon as the new number does.
  using StageNew = std::function<void(uint64_t number, rocksdb::WriteBatch& batch)>;

  // Reads the next number. `store` must outlive the table. Errors: DATA_LOSS.
  static absl::StatusOr<std::unique_ptr<NumberTable>> Load(VaultStore& store, RowTable index,
                                                           const SecretKey& key);
  ~NumberTable();

  // Writes the next number of a new table.
  static void StageFirst(RowTable index, rocksdb::WriteBatch& batch);

  // Numbers in the order of `values`; all that is new in one synced write.
  absl::StatusOr<std::vector<NumberedValue>> Reserve(absl::Span<const std::string> values,
                                                     const StageNew& stage_new);

  absl::StatusOr<std::optional<uint64_t>> Find(std::string_view value) const;

  uint64_t next() const { return next_.load(); }

 private:
  NumberTable(VaultStore& store, RowTable index, const SecretKey& key, uint64_t next);

  std::string RowKey(std::string_view value) const;
  std::string RowValue(std::string_view row_key, uint64_t number) const;
  absl::StatusOr<uint64_t> ParseRow(std::string_view row_key, std::string_view value) const;
  // 0 where there is no row.
  absl::StatusOr<std::vector<uint64_t>> Numbers(absl::Span<const std::string> row_keys) const;
  absl::StatusOr<std::vector<NumberedValue>> AssignMissing(absl::Span<const std::string> row_keys,
                                                           absl::Span<const uint64_t> known,
                                                           const StageNew& stage_new)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Adds the new next number to the batch and writes it.
  absl::Status WriteNext(uint64_t next, rocksdb::WriteBatch& batch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  VaultStore& store_;
  const RowTable index_;
  // The HMAC after its key and domain byte: copied for each value.
  crypto_auth_hmacsha256_state hmac_start_;
  const SecretKey tag_key_;

  std::mutex mutex_;            // serialises reservations
  std::atomic<uint64_t> next_;  // changed under mutex_, before the write that uses it
  // Changed under mutex_, after each write: a look-up that began at the same count saw all rows.
  std::atomic<uint64_t> writes_ = 0;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_NUMBER_TABLE_H_
