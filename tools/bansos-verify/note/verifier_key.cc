#include "tools/bansos-verify/note/verifier_key.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/bansos-verify/note/base64.h"
#include "tools/bansos-verify/note/utf8.h"
#include "tools/bansos-verify/tree/sha256.h"

namespace bansos::verify {
namespace {

constexpr char kEd25519 = 0x01;
constexpr size_t kPublicKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;
constexpr size_t kIdDigits = 8;

absl::Status BadKey(const std::string& reason) {
  return absl::InvalidArgumentError(
      absl::StrCat("not a verifier key (name+id+base64, as the log publishes it): ", reason));
}

uint32_t KeyId(std::string_view name, std::string_view typed_key) {
  const Hash hash = Sha256(absl::StrCat(std::string(name), "\n", std::string(typed_key)));
  return uint32_t{hash[0]} << 24 | hash[1] << 16 | hash[2] << 8 | hash[3];
}

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* pointer) const {
    release(pointer);
  }
};

}  // namespace

bool IsKeyName(std::string_view name) {
  const auto points = DecodeUtf8(name);
  return points && !points->empty() &&
         std::ranges::none_of(*points, [](char32_t c) { return IsSpace(c) || c == U'+'; });
}

absl::StatusOr<VerifierKey> VerifierKey::Parse(std::string_view text) {
  const size_t first = text.find('+');
  const size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return BadKey("it has not three parts with '+' between them");
  const std::string_view name = text.substr(0, first);
  const std::string_view digits = text.substr(first + 1, second - first - 1);
  if (!IsKeyName(name)) return BadKey("its name is empty or has white space");
  uint32_t id = 0;
  if (digits.size() != kIdDigits || !absl::SimpleHexAtoi(std::string(digits), &id)) {
    return BadKey("its id is not eight hexadecimal digits");
  }
  const auto typed_key = DecodeBase64(text.substr(second + 1));
  if (!typed_key || typed_key->empty()) return BadKey("its last part is not base64");
  if (KeyId(name, *typed_key) != id) return BadKey("its id is not that of its name and key");
  if (typed_key->front() != kEd25519) {
    return BadKey(absl::StrFormat("its type is 0x%02x, and only Ed25519 (0x01) can be checked",
                                  static_cast<uint8_t>(typed_key->front())));
  }
  if (typed_key->size() != 1 + kPublicKeyBytes) return BadKey("its key is not 32 bytes");
  return VerifierKey(std::string(name), id, typed_key->substr(1));
}

bool VerifierKey::Verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureBytes) return false;
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  const std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(key_), key_.size()));
  const std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  return key && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                          message.size()) == 1;
}

std::string VerifierKey::Label() const { return absl::StrFormat("%s+%08x", name_, id_); }

}  // namespace bansos::verify
