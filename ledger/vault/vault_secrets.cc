#include "ledger/vault/vault_secrets.h"

#include <rocksdb/write_batch.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ledger/base/endian.h"
#include "ledger/base/secret_file.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/key_file.h"
#include "ledger/vault/number_table.h"
#include "ledger/vault/random_buffer.h"
#include "ledger/vault/row_format.h"
#include "ledger/vault/vault_store.h"

namespace bansos {
namespace {

constexpr size_t kVaultRowBytes = 1 + 4 + kCheckValueBytes;

std::string VaultRow(const WrappingKey& wrapping) {
  std::string row(1, static_cast<char>(kVaultFormat));
  AppendU32(row, wrapping.epoch());
  row.append(wrapping.CheckValue());
  return row;
}

absl::Status CheckVaultRow(std::string_view row, const WrappingKey& wrapping,
                           const VaultOptions& options) {
  if (row.size() != kVaultRowBytes) {
    return absl::DataLossError(
        absl::StrCat("vault row of ", row.size(), " bytes in ", options.directory));
  }
  if (static_cast<uint8_t>(row[0]) != kVaultFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("vault ", options.directory, " has format ", static_cast<uint8_t>(row[0]),
                     "; this program knows format ", kVaultFormat));
  }
  if (row != VaultRow(wrapping)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "key file ", options.key_file, " (epoch ", wrapping.epoch(), ") is not the key of vault ",
        options.directory, " (epoch ", LoadBigEndian<uint32_t>(row.substr(1)),
        "); give the key file that the vault was made with"));
  }
  return absl::OkStatus();
}

absl::StatusOr<SecretKey> LoadNamedKey(const VaultStore& store, const WrappingKey& wrapping,
                                       uint8_t key_id) {
  const std::string row_key = NamedKeyRowKey(key_id);
  ASSIGN_OR_RETURN(const std::optional<std::string> row, store.Get(row_key));
  absl::StatusOr<SecretKey> key = wrapping.Unwrap(row_key, row.value_or(""));
  if (!key.ok()) {
    return absl::DataLossError(
        absl::StrCat("vault: row of key ", key_id, " is damaged: ", key.status().message()));
  }
  return key;
}

absl::StatusOr<VaultSecrets> LoadSecrets(const VaultStore& store, const WrappingKey& wrapping) {
  VaultSecrets secrets{.wrapping = wrapping};
  const auto load = [&](SecretKey& key, uint8_t key_id) -> absl::Status {
    ASSIGN_OR_RETURN(key, LoadNamedKey(store, wrapping, key_id));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(load(secrets.ledger, kLedgerKeyId));
  RETURN_IF_ERROR(load(secrets.recipient_index, static_cast<uint8_t>(RowTable::kRecipientIndex)));
  RETURN_IF_ERROR(load(secrets.account_index, static_cast<uint8_t>(RowTable::kAccountIndex)));
  RETURN_IF_ERROR(load(secrets.kk_index, static_cast<uint8_t>(RowTable::kKkIndex)));
  return secrets;
}

// All rows of a new vault in one write: a vault has either all of them or none.
absl::Status WriteNewVault(VaultStore& store, const WrappingKey& wrapping) {
  rocksdb::WriteBatch batch;
  RandomBuffer random;
  batch.Put(TableRowKey(RowTable::kVault), VaultRow(wrapping));
  const auto put_key = [&](uint8_t key_id) {
    const std::string row_key = NamedKeyRowKey(key_id);
    batch.Put(row_key, wrapping.Wrap(row_key, random.TakeKey(), random));
  };
  put_key(kLedgerKeyId);
  for (const RowTable index :
       {RowTable::kRecipientIndex, RowTable::kAccountIndex, RowTable::kKkIndex}) {
    put_key(static_cast<uint8_t>(index));
    NumberTable::StageFirst(index, batch);
  }
  return store.Write(batch);
}

absl::StatusOr<WrappingKey> CreateVault(VaultStore& store, const VaultOptions& options) {
  absl::StatusOr<WrappingKey> wrapping = ReadKeyFile(options.key_file);
  if (absl::IsNotFound(wrapping.status())) {
    wrapping = CreateKeyFile(store.files(), options.key_file);
  } else if (wrapping.ok()) {
    // Nothing is wrapped under a key that a power cut may still take.
    RETURN_IF_ERROR(MakeFileDurable(store.files(), options.key_file));
  }
  RETURN_IF_ERROR(wrapping.status());
  RETURN_IF_ERROR(WriteNewVault(store, *wrapping));
  return wrapping;
}

}  // namespace

absl::StatusOr<VaultSecrets> LoadOrCreateSecrets(VaultStore& store, const VaultOptions& options) {
  RETURN_IF_ERROR(CheckKeyFileOutside(options.key_file, options.directory));
  ASSIGN_OR_RETURN(const bool is_new, store.IsEmpty());
  if (is_new) {
    if (!options.create_if_missing) {
      return absl::NotFoundError(absl::StrCat("there is no vault in ", options.directory,
                                              ": put it back beside its log, from the same copy"));
    }
    ASSIGN_OR_RETURN(const WrappingKey wrapping, CreateVault(store, options));
    return LoadSecrets(store, wrapping);
  }
  ASSIGN_OR_RETURN(const std::optional<std::string> row, store.Get(TableRowKey(RowTable::kVault)));
  if (!row.has_value()) {
    return absl::DataLossError(absl::StrCat("vault ", options.directory, " has no vault row"));
  }
  ASSIGN_OR_RETURN(const WrappingKey wrapping, ReadKeyFile(options.key_file));
  RETURN_IF_ERROR(CheckVaultRow(*row, wrapping, options));
  return LoadSecrets(store, wrapping);
}

}  // namespace bansos
