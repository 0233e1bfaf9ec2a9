// VaultStore: the vault's RocksDB: point reads, bulk reads and synced, atomic writes.
//
// After a write that failed nobody knows what is stored, so the store refuses every later write;
// reads go on. Thread-safe. Owned by Vault.
#ifndef LEDGER_VAULT_VAULT_STORE_H_
#define LEDGER_VAULT_VAULT_STORE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/vault/row_format.h"

namespace rocksdb {
class DB;
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace bansos {

class VaultStore {
 public:
  // Errors: NOT_FOUND (no database and !create_if_missing), UNAVAILABLE (e.g. another process holds
  // it), DATA_LOSS (damaged).
  static absl::StatusOr<std::unique_ptr<VaultStore>> Open(const std::string& directory,
                                                          bool create_if_missing,
                                                          rocksdb::Env* env);
  ~VaultStore();

  absl::StatusOr<std::optional<std::string>> Get(std::string_view row_key) const;

  // The value of each key, in order; nullopt where there is none.
  absl::StatusOr<std::vector<std::optional<std::string>>> GetAll(
      absl::Span<const std::string> row_keys) const;

  // The greatest row key of a table, or nullopt.
  absl::StatusOr<std::optional<std::string>> LastRowKey(RowTable table) const;

  absl::StatusOr<bool> IsEmpty() const;

  // Atomic and synced. Errors: UNAVAILABLE, now and for ever after.
  absl::Status Write(rocksdb::WriteBatch& batch);

 private:
  explicit VaultStore(std::unique_ptr<rocksdb::DB> db);

  std::unique_ptr<rocksdb::DB> db_;
  std::atomic<bool> write_failed_ = false;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_VAULT_STORE_H_
