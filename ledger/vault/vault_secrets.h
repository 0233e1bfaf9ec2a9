// VaultSecrets: the keys that a vault has once, read from its rows or made for a new vault.
//
// Called once, by Vault::Open.
#ifndef LEDGER_VAULT_VAULT_SECRETS_H_
#define LEDGER_VAULT_VAULT_SECRETS_H_

#include "absl/status/statusor.h"
#include "ledger/vault/secret_key.h"
#include "ledger/vault/vault.h"
#include "ledger/vault/wrapping_key.h"

namespace bansos {

class VaultStore;

struct VaultSecrets {
  WrappingKey wrapping;
  SecretKey ledger{};
  SecretKey recipient_index{};
  SecretKey account_index{};
  SecretKey kk_index{};
};

// Errors as Vault::Open.
absl::StatusOr<VaultSecrets> LoadOrCreateSecrets(VaultStore& store, const VaultOptions& options);

}  // namespace bansos

#endif  // LEDGER_VAULT_VAULT_SECRETS_H_
