#include "tools/bansos-verify/keys/sealed_value.h"

#include "tools/bansos-verify/finding/require.h"
#include "tools/bansos-verify/tree/big_endian.h"

namespace bansos::verify {
namespace {

constexpr char kFormat = 1;
constexpr char kVersion = 1;  // the only layout of plaintexts so far
constexpr char kRecipientScope = 1;
constexpr char kLedgerScope = 2;
constexpr char kSealContext[] = "bnsseal1";

constexpr size_t kSealNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kSealTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kPadding = 32;
constexpr size_t kCommitmentBytes = 32;
constexpr size_t kMaxPlaintextBytes = 49'152;

const uint8_t* SealBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

uint8_t* SealBytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

Secret EncryptionKey(const Secret& key) { return key.Derive(1, kSealContext); }
Secret NonceKey(const Secret& key) { return key.Derive(2, kSealContext); }
Secret CommitmentKey(const Secret& key) { return key.Derive(3, kSealContext); }

std::string Blake2b(const Secret& key, std::string_view message, size_t bytes) {
  std::string hash(bytes, '\0');
  REQUIRE(crypto_generichash(SealBytes(hash), bytes, SealBytes(message), message.size(), key.data(),
                             Secret::kBytes) == 0);
  return hash;
}

std::string Aad(const SealedAs& as) {
  std::string aad;
  aad.push_back(kFormat);
  aad.push_back(as.recipient == 0 ? kLedgerScope : kRecipientScope);
  AppendU64(aad, as.recipient);
  aad.push_back(static_cast<char>(as.field));
  aad.push_back(kVersion);
  AppendU32(aad, static_cast<uint32_t>(as.context.size()));
  return aad + as.context;
}

// nullopt when nothing of this length, or under this key, was sealed.
std::optional<std::string> Decrypt(const Secret& key, const std::string& aad,
                                   std::string_view sealed) {
  if (sealed.size() < 1 + kSealNonceBytes + kPadding + kSealTagBytes || sealed[0] != kFormat) {
    return std::nullopt;
  }
  const std::string_view nonce = sealed.substr(1, kSealNonceBytes);
  const std::string_view encrypted = sealed.substr(1 + kSealNonceBytes);
  std::string padded(encrypted.size() - kSealTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          SealBytes(padded), nullptr, nullptr, SealBytes(encrypted), encrypted.size(),
          SealBytes(aad), aad.size(), SealBytes(nonce), EncryptionKey(key).data()) != 0) {
    return std::nullopt;
  }
  return padded;
}

}  // namespace

std::string Seal(const Secret& key, const SealedAs& as, std::string_view plaintext) {
  const std::string aad = Aad(as);
  const std::string nonce = Blake2b(NonceKey(key), aad + std::string(plaintext), kSealNonceBytes);
  std::string padded(plaintext);
  padded.push_back('\x80');
  padded.append((kPadding - padded.size() % kPadding) % kPadding, '\0');
  std::string sealed = kFormat + nonce;
  const size_t start = sealed.size();
  sealed.resize(start + padded.size() + kSealTagBytes);
  REQUIRE(crypto_aead_xchacha20poly1305_ietf_encrypt(
              SealBytes(sealed) + start, nullptr, SealBytes(padded), padded.size(), SealBytes(aad),
              aad.size(), nullptr, SealBytes(nonce), EncryptionKey(key).data()) == 0);
  return sealed;
}

std::optional<std::string> Open(const Secret& key, const SealedAs& as, std::string_view sealed) {
  std::optional<std::string> text = Decrypt(key, Aad(as), sealed);
  if (!text.has_value()) return std::nullopt;
  const size_t end = text->find_last_not_of('\0');
  if (end == std::string::npos || (*text)[end] != '\x80') return std::nullopt;
  text->resize(end);
  if (text->size() > kMaxPlaintextBytes || Seal(key, as, *text) != sealed) return std::nullopt;
  return text;
}

std::string CommitmentTo(const Secret& key, uint64_t recipient) {
  std::string message = "commit";
  AppendU64(message, recipient);
  message.push_back(kVersion);
  return Blake2b(CommitmentKey(key), message, kCommitmentBytes);
}

}  // namespace bansos::verify
