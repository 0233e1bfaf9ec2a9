// VaultStore: the vault's RocksDB: point reads, bulk reads and synced, atomic writes.
//
// Each write is counted by a row of its own and by an anchor beside the database (last_write.h), so
// that a start finds all that was acknowledged or refuses, and may drop a torn last record. After a
// write that failed, also because the files have lost their names (held_name.h), nobody knows what
// is stored, so the store refuses every later write; reads go on. Thread-safe. Owned by Vault.
#ifndef LEDGER_VAULT_VAULT_STORE_H_
#define LEDGER_VAULT_VAULT_STORE_H_

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
#include "ledger/base/anchor.h"
#include "ledger/base/held_name.h"
#include "ledger/base/store_lock.h"
#include "ledger/vault/last_write.h"
#include "ledger/vault/row_format.h"

namespace rocksdb {
class DB;
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace bansos {

class VaultStore {
 public:
  // Checks before it changes anything: a vault that is refused is as it was found.
  //   NOT_FOUND            no database here, and not asked to create one
  //   FAILED_PRECONDITION  another process has it open; database or anchor is missing while the
  //                        other is not
  //   DATA_LOSS            damaged, or acknowledged writes are lost
  //   UNAVAILABLE          the disk fails
  // `env` nullptr: the default. All files of the vault go through it.
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

  // Atomic, synced and anchored. Errors: UNAVAILABLE, now and for ever after.
  absl::Status Write(rocksdb::WriteBatch& batch);

  rocksdb::FileSystem& files() const { return *files_; }

 private:
  explicit VaultStore(std::shared_ptr<rocksdb::FileSystem> files);

  absl::Status Start(const std::string& directory, bool exists, rocksdb::Env* env);
  absl::Status WriteAndAnchor(rocksdb::WriteBatch& batch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(write_mutex_);

  const std::shared_ptr<rocksdb::FileSystem> files_;
  std::unique_ptr<StoreLock> lock_;
  std::unique_ptr<rocksdb::DB> db_;

  std::mutex write_mutex_;
  std::unique_ptr<AnchorFile> anchor_ ABSL_PT_GUARDED_BY(write_mutex_);
  std::optional<HeldName> database_name_ ABSL_GUARDED_BY(write_mutex_);  // once started
  LastWrite last_ ABSL_GUARDED_BY(write_mutex_);
  std::string write_failure_ ABSL_GUARDED_BY(write_mutex_);  // empty until one failed
};

}  // namespace bansos

#endif  // LEDGER_VAULT_VAULT_STORE_H_
