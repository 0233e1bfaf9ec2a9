// How the vault's RocksDB is opened: to look at, changing nothing, or to write. It knows the
// settings, not what the rows mean. Functions without state.
#ifndef LEDGER_VAULT_VAULT_DATABASE_H_
#define LEDGER_VAULT_VAULT_DATABASE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"

namespace bansos {

// What to do with a write-ahead log that does not end cleanly.
enum class TornVault {
  kTolerateUnfinished,  // drop an unfinished last record; refuse to open on any other damage
  kCutAtDamage,         // drop everything from the first damage on: only after the start check
};

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenVaultReadOnly(const std::string& directory,
                                                               rocksdb::Env* env, TornVault torn);

// `create` makes a database where there is none.
absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenVaultForWriting(const std::string& directory,
                                                                 rocksdb::Env* env, TornVault torn,
                                                                 bool create);

}  // namespace bansos

#endif  // LEDGER_VAULT_VAULT_DATABASE_H_
