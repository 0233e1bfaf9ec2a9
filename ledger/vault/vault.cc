#include "ledger/vault/vault.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "ledger/vault/key_file.h"
#include "ledger/vault/number_table.h"
#include "ledger/vault/person_keys.h"
#include "ledger/vault/random_buffer.h"
#include "ledger/vault/sealing.h"
#include "ledger/vault/vault_secrets.h"
#include "ledger/vault/vault_store.h"

namespace bansos {
namespace {

constexpr std::string_view kPageTokenContext = "bnspages";
constexpr uint64_t kPageTokenSubkey = 1;

SealedAs ForPerson(RecipientNumber number, SealedField field, uint8_t version) {
  return {.scope = SealScope::kPerson,
          .number = number.value(),
          .field = static_cast<uint8_t>(field),
          .version = version,
          .context = {}};
}

SealedAs ForLedger(SealedField field, uint8_t version, std::string_view context) {
  return {.scope = SealScope::kLedger,
          .number = 0,
          .field = static_cast<uint8_t>(field),
          .version = version,
          .context = context};
}

// A key row above the next number would be given to a second person.
absl::Status CheckNextAboveKeys(const VaultStore& store, const NumberTable& recipients) {
  ASSIGN_OR_RETURN(const std::optional<std::string> last, store.LastRowKey(RowTable::kPersonKey));
  if (!last.has_value()) return absl::OkStatus();
  if (last->size() != 1 + 8) return absl::DataLossError("vault: key row of no recipient");
  if (const auto number = LoadBigEndian<uint64_t>(std::string_view(*last).substr(1));
      number >= recipients.next()) {
    return absl::DataLossError(absl::StrCat(
        "vault: recipient ", number, " has a key, but the next number is ", recipients.next()));
  }
  return absl::OkStatus();
}

absl::Status CheckBelowNext(absl::string_view what, uint64_t in_log, const NumberTable& table) {
  if (in_log < table.next()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("the vault is older than the log: the log shows ", what, " ", in_log,
                   ", and the vault would give out ", table.next(),
                   " next, to somebody else; put back the vault of the same time as the log"));
}

absl::Status CheckCommitments(const PersonKeys& person_keys,
                              absl::Span<const RegisteredKey> registered) {
  std::vector<uint64_t> numbers;
  numbers.reserve(registered.size());
  for (const RegisteredKey& key : registered) numbers.push_back(key.number.value());
  const absl::StatusOr<std::vector<SealingKeys>> keys = person_keys.LoadAll(numbers);
  if (!keys.ok()) {
    return absl::DataLossError(absl::StrCat(
        "the log registers a recipient that this vault cannot open: ", keys.status().message(),
        "; give the vault that belongs to the log"));
  }
  CHECK(keys->size() == registered.size());
  for (size_t i = 0; i < registered.size(); ++i) {
    if (CommitmentTo((*keys)[i], numbers[i]) != registered[i].key_commitment) {
      return absl::DataLossError(absl::StrCat("recipient ", numbers[i],
                                              " has another key in the vault than in the log; "
                                              "give the vault that belongs to the log"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

Vault::Vault() = default;
Vault::~Vault() = default;

absl::StatusOr<std::unique_ptr<Vault>> Vault::Open(const VaultOptions& options) {
  CHECK(sodium_init() >= 0);
  // Before the store makes the directory that the key file may be meant to lie in.
  RETURN_IF_ERROR(CheckKeyFileOutside(options.key_file, options.directory));
  std::unique_ptr<Vault> vault(new Vault());
  ASSIGN_OR_RETURN(vault->store_,
                   VaultStore::Open(options.directory, options.create_if_missing, options.env));
  VaultStore& store = *vault->store_;
  ASSIGN_OR_RETURN(const VaultSecrets secrets, LoadOrCreateSecrets(store, options));
  vault->ledger_keys_ = std::make_unique<SealingKeys>(SealingKeys::DerivedFrom(secrets.ledger));
  vault->page_token_key_ =
      std::make_unique<SecretKey>(secrets.ledger.Subkey(kPageTokenSubkey, kPageTokenContext));
  vault->person_keys_ = std::make_unique<PersonKeys>(store, secrets.wrapping,
                                                     std::max<size_t>(options.cached_keys, 1));
  ASSIGN_OR_RETURN(vault->recipients_,
                   NumberTable::Load(store, RowTable::kRecipientIndex, secrets.recipient_index));
  ASSIGN_OR_RETURN(vault->accounts_,
                   NumberTable::Load(store, RowTable::kAccountIndex, secrets.account_index));
  ASSIGN_OR_RETURN(vault->kks_, NumberTable::Load(store, RowTable::kKkIndex, secrets.kk_index));
  RETURN_IF_ERROR(CheckNextAboveKeys(store, *vault->recipients_));
  return vault;
}

absl::StatusOr<std::vector<Reservation>> Vault::ReserveRecipients(
    absl::Span<const std::string> identities) {
  RandomBuffer random;
  std::vector<PersonKey> made;
  ASSIGN_OR_RETURN(
      const std::vector<NumberedValue> numbered,
      recipients_->Reserve(identities, [&](uint64_t number, rocksdb::WriteBatch& batch) {
        made.push_back(person_keys_->StageNew(number, random, batch));
      }));
  CHECK(numbered.size() == identities.size());
  for (const PersonKey& key : made) person_keys_->Remember(key);

  std::vector<uint64_t> numbers;
  numbers.reserve(numbered.size());
  for (const NumberedValue& value : numbered) numbers.push_back(value.number);
  ASSIGN_OR_RETURN(const std::vector<SealingKeys> keys, person_keys_->LoadAll(numbers));
  std::vector<Reservation> reservations;
  reservations.reserve(numbered.size());
  for (size_t i = 0; i < numbered.size(); ++i) {
    reservations.push_back({.number = RecipientNumber(numbers[i]),
                            .key_commitment = CommitmentTo(keys[i], numbers[i]),
                            .created = numbered[i].created});
  }
  return reservations;
}

absl::StatusOr<std::optional<RecipientNumber>> Vault::FindRecipient(
    std::string_view identity) const {
  ASSIGN_OR_RETURN(const std::optional<uint64_t> number, recipients_->Find(identity));
  if (!number.has_value()) return std::nullopt;
  return RecipientNumber(*number);
}

NumberTable& Vault::TokenTable(TokenKind kind) const {
  CHECK(kind == TokenKind::kAccount || kind == TokenKind::kKk);
  return kind == TokenKind::kAccount ? *accounts_ : *kks_;
}

absl::StatusOr<std::vector<uint64_t>> Vault::ReserveTokens(TokenKind kind,
                                                           absl::Span<const std::string> values) {
  ASSIGN_OR_RETURN(const std::vector<NumberedValue> numbered,
                   TokenTable(kind).Reserve(values, nullptr));
  std::vector<uint64_t> tokens;
  tokens.reserve(numbered.size());
  for (const NumberedValue& value : numbered) tokens.push_back(value.number);
  return tokens;
}

absl::StatusOr<std::optional<uint64_t>> Vault::FindToken(TokenKind kind,
                                                         std::string_view value) const {
  return TokenTable(kind).Find(value);
}

absl::StatusOr<std::string> Vault::Seal(RecipientNumber number, SealedField field, uint8_t version,
                                        std::string_view plaintext) const {
  ASSIGN_OR_RETURN(const SealingKeys keys, person_keys_->Load(number.value()));
  return SealValue(keys, ForPerson(number, field, version), plaintext);
}

absl::StatusOr<std::string> Vault::Unseal(RecipientNumber number, SealedField field,
                                          uint8_t version, std::string_view sealed) const {
  ASSIGN_OR_RETURN(const SealingKeys keys, person_keys_->Load(number.value()));
  return UnsealValue(keys, ForPerson(number, field, version), sealed);
}

absl::StatusOr<std::string> Vault::SealForLedger(SealedField field, uint8_t version,
                                                 std::string_view plaintext,
                                                 std::string_view context) const {
  return SealValue(*ledger_keys_, ForLedger(field, version, context), plaintext);
}

absl::StatusOr<std::string> Vault::UnsealForLedger(SealedField field, uint8_t version,
                                                   std::string_view sealed,
                                                   std::string_view context) const {
  return UnsealValue(*ledger_keys_, ForLedger(field, version, context), sealed);
}

absl::StatusOr<std::string> Vault::KeyCommitment(RecipientNumber number) const {
  ASSIGN_OR_RETURN(const SealingKeys keys, person_keys_->Load(number.value()));
  return CommitmentTo(keys, number.value());
}

RecipientNumber Vault::NextRecipient() const { return RecipientNumber(recipients_->next()); }

absl::Status Vault::CheckRegistered(RecipientNumber number, std::string_view key_commitment) const {
  const RegisteredKey registered{.number = number, .key_commitment = key_commitment};
  return CheckRegistered(absl::MakeConstSpan(&registered, 1));
}

absl::Status Vault::CheckRegistered(absl::Span<const RegisteredKey> registered) const {
  for (size_t at = 0; at < registered.size(); at += kKeysPerCheck) {
    RETURN_IF_ERROR(CheckCommitments(*person_keys_, registered.subspan(at, kKeysPerCheck)));
  }
  return absl::OkStatus();
}

absl::Status Vault::CheckGivenOut(const HighestNumbers& in_log) const {
  RETURN_IF_ERROR(CheckBelowNext("recipient number", in_log.recipient.value(), *recipients_));
  RETURN_IF_ERROR(CheckBelowNext("KK token", in_log.kk.value(), *kks_));
  return CheckBelowNext("account token", in_log.account.value(), *accounts_);
}

}  // namespace bansos
