// Vault: the keys and numbers of a vault's database, read and never written: a copy of the vault or
// a stopped one. Written from docs/formats/sealing.md.
//
// Opening reads every row once. Rows that are damaged or that the format does not have do not stop
// it: whoever needs such a row is told, and damage() tells of the rest; so it does of an anchor
// that is missing or tells of more. A torn end of the write-ahead log is treated as the server's
// start does. Not thread-safe. Owned by the check. No error text holds personal data.
#ifndef TOOLS_BANSOS_VERIFY_KEYS_VAULT_H_
#define TOOLS_BANSOS_VERIFY_KEYS_VAULT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "tools/bansos-verify/keys/number_index.h"
#include "tools/bansos-verify/keys/secret.h"
#include "tools/bansos-verify/keys/wrapping_key.h"

namespace rocksdb {
class DB;
class Env;
}  // namespace rocksdb

namespace bansos::verify {

class Vault {
 public:
  // Errors: NOT_FOUND (no vault there), FAILED_PRECONDITION (not the key of this vault), DATA_LOSS
  // (the database, or a row that everything depends on, is damaged), and those of the key file.
  static absl::StatusOr<std::unique_ptr<Vault>> Open(const std::string& directory,
                                                     const std::string& key_file);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // Errors: NOT_FOUND (no row), DATA_LOSS (a row that does not open).
  absl::StatusOr<Secret> PersonKey(uint64_t recipient) const;
  const Secret& ledger_key() const { return ledger_key_; }

  // The number that the index gives this value. Errors: NOT_FOUND, DATA_LOSS (the row does not
  // authenticate).
  absl::StatusOr<uint64_t> NumberOf(IndexTable index, std::string_view value) const;

  // Rows for two values give this number.
  bool IsShared(IndexTable index, uint64_t number) const;

  // What is wrong with the anchor or the first damaged row; empty when nothing is.
  const std::string& damage() const { return damage_; }

 private:
  Vault(std::unique_ptr<rocksdb::Env> env, const WrappingKey& wrapping);

  absl::Status OpenDatabase(const std::string& directory);
  absl::Status CheckAnchor(const std::string& directory);
  absl::Status CheckKeyFile(const std::string& directory, const std::string& key_file) const;
  absl::Status ReadNamedKeys();
  absl::Status ReadAllRows();
  void ReadRow(std::string_view row_key, std::string_view value);
  void CheckNextNumbers();
  // Errors: NOT_FOUND.
  absl::StatusOr<std::string> Row(std::string_view row_key) const;  // NOT_FOUND
  // The same where its absence is damage: DATA_LOSS.
  absl::StatusOr<std::string> RowOfEveryVault(std::string_view row_key) const;
  absl::StatusOr<Secret> NamedKey(uint8_t key_id) const;
  std::optional<Secret> UnwrapPersonKey(std::string_view row_key, std::string_view row) const;
  NumberIndex& IndexOf(IndexTable table) const;
  void ReportDamage(std::string_view what);

  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::DB> db_;
  WrappingKey wrapping_;
  Secret ledger_key_;
  // In the order of IndexTable.
  std::unique_ptr<NumberIndex> indexes_[3];
  std::string damage_;
};

}  // namespace bansos::verify

#endif  // TOOLS_BANSOS_VERIFY_KEYS_VAULT_H_
