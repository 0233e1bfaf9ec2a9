#include "ledger/vault/sealing.h"

#include <sodium.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"
#include "ledger/vault/limits.h"

namespace bansos {
namespace {

constexpr std::string_view kSealContext = "bnsseal1";
constexpr uint64_t kEncryptionSubkey = 1;
constexpr uint64_t kNonceSubkey = 2;
constexpr uint64_t kCommitmentSubkey = 3;

constexpr uint8_t kSealedFormat = 1;
constexpr uint8_t kCommitmentVersion = 1;
constexpr std::string_view kCommitmentLabel = "commit";

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kOverheadBytes = 1 + kNonceBytes + kTagBytes;

uint8_t* Bytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }
const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

// No AAD is a prefix of another (the context's length is in it), so AAD and plaintext can simply
// follow each other under the hash.
std::string Aad(const SealedAs& as) {
  std::string aad;
  aad.push_back(static_cast<char>(kSealedFormat));
  aad.push_back(static_cast<char>(as.scope));
  AppendU64(aad, as.number);
  aad.push_back(static_cast<char>(as.field));
  aad.push_back(static_cast<char>(as.version));
  AppendU32(aad, static_cast<uint32_t>(as.context.size()));
  aad.append(as.context);
  CHECK(as.context.size() <= UINT32_MAX);  // or its length would be another's
  return aad;
}

void ComputeNonce(const SealingKeys& keys, std::string_view aad, std::string_view plaintext,
                  uint8_t* nonce) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, keys.nonce.data(), SecretKey::kBytes, kNonceBytes);
  crypto_generichash_update(&state, Bytes(aad), aad.size());
  crypto_generichash_update(&state, Bytes(plaintext), plaintext.size());
  crypto_generichash_final(&state, nonce, kNonceBytes);
  sodium_memzero(&state, sizeof(state));
}

absl::Status NotAuthentic() {
  return absl::DataLossError("sealed value does not authenticate as what it is said to be");
}

}  // namespace

SealingKeys SealingKeys::DerivedFrom(const SecretKey& key) {
  return {.encryption = key.Subkey(kEncryptionSubkey, kSealContext),
          .nonce = key.Subkey(kNonceSubkey, kSealContext),
          .commitment = key.Subkey(kCommitmentSubkey, kSealContext)};
}

absl::StatusOr<std::string> SealValue(const SealingKeys& keys, const SealedAs& as,
                                      std::string_view plaintext) {
  if (plaintext.size() > kMaxPlaintextBytes) {
    return absl::InvalidArgumentError(absl::StrCat("value to seal has ", plaintext.size(),
                                                   " bytes, at most ", kMaxPlaintextBytes,
                                                   " fit one event"));
  }
  CHECK((as.scope == SealScope::kPerson) == (as.number != 0));
  const std::string aad = Aad(as);
  const size_t room = (plaintext.size() / kPaddingBytes + 1) * kPaddingBytes;
  std::string sealed(kOverheadBytes + room, '\0');
  sealed[0] = static_cast<char>(kSealedFormat);
  uint8_t* nonce = Bytes(sealed) + 1;
  uint8_t* body = nonce + kNonceBytes;
  ComputeNonce(keys, aad, plaintext, nonce);

  if (!plaintext.empty()) std::memcpy(body, plaintext.data(), plaintext.size());
  size_t padded = 0;
  CHECK(sodium_pad(&padded, body, plaintext.size(), kPaddingBytes, room) == 0 && padded == room);
  // Encryption in place: libsodium allows the two buffers to be the same.
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(body, nullptr, body, room, Bytes(aad),
                                                   aad.size(), nullptr, nonce,
                                                   keys.encryption.data()) == 0);
  return sealed;
}

absl::StatusOr<std::string> UnsealValue(const SealingKeys& keys, const SealedAs& as,
                                        std::string_view sealed) {
  if (sealed.size() < kOverheadBytes + kPaddingBytes ||
      (sealed.size() - kOverheadBytes) % kPaddingBytes != 0 ||
      sealed.size() > kOverheadBytes + kPaddingBytes + kMaxPlaintextBytes) {
    return absl::DataLossError(
        absl::StrCat("sealed value of ", sealed.size(), " bytes: no value has this length"));
  }
  if (static_cast<uint8_t>(sealed[0]) != kSealedFormat) {
    return absl::DataLossError(absl::StrCat(
        "sealed value of format ", static_cast<uint8_t>(sealed[0]), ", known is ", kSealedFormat));
  }
  const std::string aad = Aad(as);
  const uint8_t* nonce = Bytes(sealed) + 1;
  const uint8_t* body = nonce + kNonceBytes;
  std::string plaintext(sealed.size() - kOverheadBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(Bytes(plaintext), nullptr, nullptr, body,
                                                 sealed.size() - 1 - kNonceBytes, Bytes(aad),
                                                 aad.size(), nonce, keys.encryption.data()) != 0) {
    return NotAuthentic();
  }
  size_t size = 0;
  if (sodium_unpad(&size, Bytes(plaintext), plaintext.size(), kPaddingBytes) != 0) {
    return NotAuthentic();
  }
  CHECK(size <= plaintext.size());
  plaintext.resize(size);
  // A nonce of somebody's choice would give a second sealed form of the same value.
  uint8_t expected[kNonceBytes];
  ComputeNonce(keys, aad, plaintext, expected);
  if (sodium_memcmp(expected, nonce, kNonceBytes) != 0) return NotAuthentic();
  return plaintext;
}

std::string CommitmentTo(const SealingKeys& keys, uint64_t number) {
  std::string message(kCommitmentLabel);
  AppendU64(message, number);
  message.push_back(static_cast<char>(kCommitmentVersion));
  std::string commitment(kKeyCommitmentBytes, '\0');
  CHECK(crypto_generichash(Bytes(commitment), commitment.size(), Bytes(message), message.size(),
                           keys.commitment.data(), SecretKey::kBytes) == 0);
  return commitment;
}

}  // namespace bansos
