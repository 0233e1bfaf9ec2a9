// Vault: the only place that knows a person. It gives each identity its recipient number and each
// account and KK its token (the same value always the same number, for ever), keeps one random key
// a person, and seals what the log must not show in clear (DESIGN section 7, invariant 8).
//
// A reservation is durable before its call returns, so a caller killed before it used the number
// gets the same number again. Byte grammar of everything stored: docs/formats/sealing.md.
// Thread-safe. Owned by main(); one Vault a directory. No error text holds personal data.
#ifndef LEDGER_VAULT_VAULT_H_
#define LEDGER_VAULT_VAULT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/base/ids.h"
#include "ledger/vault/limits.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace bansos {

class NumberTable;
class PersonKeys;
class SecretKey;
class VaultStore;
struct SealingKeys;

// What a token stands for. Never renumber: the value is part of the stored rows.
enum class TokenKind : uint8_t { kAccount = 1, kKk = 2 };

// What a sealed value is, part of the AAD. Never renumber.
enum class SealedField : uint8_t {
  kIdentity = 1,
  kPayeeDetails = 2,
  kAssessment = 3,
  kBankReference = 4,
  kReportedReference = 5,
  kFreeText = 6,
};

// Person keys kept unwrapped in memory (about 14 MB): all 94,764 recipients of the province's
// present programmes fit; beyond it a miss costs one read of the vault.
inline constexpr size_t kDefaultCachedKeys = 131'072;

struct VaultOptions {
  // Directory of the vault's own database; its anchor lies beside it, named `directory`.anchor.
  std::string directory;
  // File of the wrapping key. Must lie outside `directory` (and should outside the data directory).
  std::string key_file;
  // Creates the database and the key file where both are missing, or where a crash left only the
  // key file. Never makes a new key for a vault that already has one.
  bool create_if_missing = false;
  size_t cached_keys = kDefaultCachedKeys;
  // For fault injection: of everything that is written, the key file too. Not owned; nullptr = the
  // default.
  rocksdb::Env* env = nullptr;
};

struct Reservation {
  RecipientNumber number;
  std::string key_commitment;  // 32 bytes
  bool created = false;        // by this call (the first of equal identities in one call)
};

// What the log says of a registered recipient.
struct RegisteredKey {
  RecipientNumber number;
  std::string_view key_commitment;
};

// The highest that the log ever showed of each kind; 0 for none.
struct HighestNumbers {
  RecipientNumber recipient;
  KkToken kk;
  AccountToken account;
};

class Vault {
 public:
  // Errors: NOT_FOUND (no vault, or no key file for an existing one), FAILED_PRECONDITION (another
  // process has it open; vault or anchor is missing while the other is not; key file open to others
  // or inside the vault, or not this vault's key), DATA_LOSS (damaged rows, or reservations that
  // were acknowledged are lost), UNAVAILABLE (the disk fails). What is refused stays as it was.
  static absl::StatusOr<std::unique_ptr<Vault>> Open(const VaultOptions& options);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // The number and key of each identity, in order; makes what is missing and syncs it in one write
  // before it returns. Identities are already normalised, e.g. "nik:3374..." or "inst:REG-NO".
  // Errors: INVALID_ARGUMENT (an empty or too long identity, too many), UNAVAILABLE (a write
  // failed, now or before: reopen the vault), DATA_LOSS.
  absl::StatusOr<std::vector<Reservation>> ReserveRecipients(
      absl::Span<const std::string> identities);

  // The number of an identity already reserved; writes nothing.
  absl::StatusOr<std::optional<RecipientNumber>> FindRecipient(std::string_view identity) const;

  // As ReserveRecipients, for the tokens of accounts and KK.
  absl::StatusOr<std::vector<uint64_t>> ReserveTokens(TokenKind kind,
                                                      absl::Span<const std::string> values);
  absl::StatusOr<std::optional<uint64_t>> FindToken(TokenKind kind, std::string_view value) const;

  // Deterministic sealing under the person's key: equal arguments give equal bytes. `version`
  // distinguishes layouts of the plaintext; the caller keeps it beside the sealed value.
  // Errors: NOT_FOUND (a number without key row), INVALID_ARGUMENT (plaintext too long).
  absl::StatusOr<std::string> Seal(RecipientNumber number, SealedField field, uint8_t version,
                                   std::string_view plaintext) const;

  // Errors: NOT_FOUND as above, DATA_LOSS when the value does not authenticate as what it is said
  // to be.
  absl::StatusOr<std::string> Unseal(RecipientNumber number, SealedField field, uint8_t version,
                                     std::string_view sealed) const;

  // The same under the ledger key, for what belongs to no recipient. `context` is a clear byte
  // string bound to the value (e.g. the id of the batch); unsealing needs the same one.
  absl::StatusOr<std::string> SealForLedger(SealedField field, uint8_t version,
                                            std::string_view plaintext,
                                            std::string_view context = {}) const;
  absl::StatusOr<std::string> UnsealForLedger(SealedField field, uint8_t version,
                                              std::string_view sealed,
                                              std::string_view context = {}) const;

  // The commitment that RecipientRegistered publishes. Errors: NOT_FOUND.
  absl::StatusOr<std::string> KeyCommitment(RecipientNumber number) const;

  // A key of this ledger, the same for as long as the vault lives, for the check on page tokens and
  // for nothing else: nothing that is sealed can be opened with it.
  const SecretKey& page_token_key() const { return *page_token_key_; }

  // The number that the next new identity gets.
  RecipientNumber NextRecipient() const;

  // Start check: each registered recipient has a key row whose commitment is the logged one.
  // Errors: DATA_LOSS naming the first number that has none or another.
  absl::Status CheckRegistered(RecipientNumber number, std::string_view key_commitment) const;
  absl::Status CheckRegistered(absl::Span<const RegisteredKey> registered) const;

  // Start check: whatever the log shows was given out here, so this is no older copy of the vault,
  // which would give the same numbers and tokens to others. Errors: DATA_LOSS.
  absl::Status CheckGivenOut(const HighestNumbers& in_log) const;

 private:
  Vault();
  NumberTable& TokenTable(TokenKind kind) const;

  std::unique_ptr<VaultStore> store_;
  std::unique_ptr<SealingKeys> ledger_keys_;
  std::unique_ptr<SecretKey> page_token_key_;
  std::unique_ptr<PersonKeys> person_keys_;
  std::unique_ptr<NumberTable> recipients_;
  std::unique_ptr<NumberTable> accounts_;
  std::unique_ptr<NumberTable> kks_;
};

}  // namespace bansos

#endif  // LEDGER_VAULT_VAULT_H_
