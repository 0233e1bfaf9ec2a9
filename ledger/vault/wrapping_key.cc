#include "ledger/vault/wrapping_key.h"

#include <sodium.h>

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/endian.h"
#include "ledger/vault/row_format.h"

namespace bansos {
namespace {

constexpr std::string_view kWrapContext = "bnswrap1";
constexpr uint64_t kWrapSubkey = 1;
constexpr uint64_t kCheckSubkey = 2;
constexpr std::string_view kCheckMessage = "bansos vault check";

static_assert(kWrapNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kWrappedKeyBytes ==
              4 + kWrapNonceBytes + SecretKey::kBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);

uint8_t* KeyBytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }
const uint8_t* KeyBytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

WrappingKey::WrappingKey(uint32_t epoch, const SecretKey& master)
    : epoch_(epoch),
      wrap_(master.Subkey(kWrapSubkey, kWrapContext)),
      check_(master.Subkey(kCheckSubkey, kWrapContext)) {
  CHECK(epoch_ > 0);
}

std::string WrappingKey::CheckValue() const {
  std::string value(kCheckValueBytes, '\0');
  CHECK(crypto_generichash(KeyBytes(value), value.size(), KeyBytes(kCheckMessage),
                           kCheckMessage.size(), check_.data(), SecretKey::kBytes) == 0);
  return value;
}

std::string WrappingKey::Aad(std::string_view row_key) const {
  std::string aad;
  AppendU32(aad, epoch_);
  aad.append(row_key);
  return aad;
}

std::string WrappingKey::Wrap(std::string_view row_key, const SecretKey& key,
                              RandomBuffer& random) const {
  std::string wrapped;
  wrapped.reserve(kWrappedKeyBytes);
  AppendU32(wrapped, epoch_);
  wrapped.resize(kWrappedKeyBytes);
  uint8_t* nonce = KeyBytes(wrapped) + 4;
  random.Take(nonce, kWrapNonceBytes);
  const std::string aad = Aad(row_key);
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kWrapNonceBytes, nullptr, key.data(),
                                                   SecretKey::kBytes, KeyBytes(aad), aad.size(),
                                                   nullptr, nonce, wrap_.data()) == 0);
  return wrapped;
}

absl::StatusOr<SecretKey> WrappingKey::Unwrap(std::string_view row_key,
                                              std::string_view wrapped) const {
  if (wrapped.size() != kWrappedKeyBytes) {
    return absl::DataLossError(
        absl::StrCat("wrapped key of ", wrapped.size(), " bytes, not ", kWrappedKeyBytes));
  }
  if (const auto epoch = LoadBigEndian<uint32_t>(wrapped); epoch != epoch_) {
    return absl::DataLossError(
        absl::StrCat("key wrapped under epoch ", epoch, ", the key file holds epoch ", epoch_));
  }
  const uint8_t* nonce = KeyBytes(wrapped) + 4;
  const std::string aad = Aad(row_key);
  SecretKey key;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          key.mutable_data(), nullptr, nullptr, nonce + kWrapNonceBytes,
          kWrappedKeyBytes - 4 - kWrapNonceBytes, KeyBytes(aad), aad.size(), nonce,
          wrap_.data()) != 0) {
    return absl::DataLossError("wrapped key does not authenticate");
  }
  return key;
}

}  // namespace bansos
