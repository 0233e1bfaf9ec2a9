#include "tests/tools/verify/signing_key.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/tools/verify/naive_tree.h"

namespace bansos::testing {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;
constexpr char kEd25519[] = "\x01";

unsigned char* Data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

SigningKey::SigningKey(std::string name, char seed) : name_(std::move(name)) {
  std::string seeds(kKeyBytes, seed);
  key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Data(seeds), kKeyBytes),
             EVP_PKEY_free);
}

std::string SigningKey::PublicKey() const {
  std::string bytes(kKeyBytes, '\0');
  size_t length = bytes.size();
  EVP_PKEY_get_raw_public_key(key_.get(), Data(bytes), &length);
  return bytes;
}

std::string SigningKey::KeyId() const {
  return NaiveSha256(absl::StrCat(name_, "\n", kEd25519, PublicKey())).substr(0, 4);
}

std::string SigningKey::vkey() const {
  return absl::StrCat(name_, "+", absl::BytesToHexString(KeyId()), "+",
                      absl::Base64Escape(absl::StrCat(kEd25519, PublicKey())));
}

std::string SigningKey::SignatureLine(const std::string& text) const {
  std::string signature(kSignatureBytes, '\0');
  size_t length = signature.size();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_.get());
  EVP_DigestSign(context, Data(signature), &length,
                 reinterpret_cast<const unsigned char*>(text.data()), text.size());
  EVP_MD_CTX_free(context);
  return absl::StrCat("\xe2\x80\x94 ", name_, " ",
                      absl::Base64Escape(absl::StrCat(KeyId(), signature)), "\n");
}

std::string SigningKey::Sign(const std::string& text) const {
  return absl::StrCat(text, "\n", SignatureLine(text));
}

std::string CheckpointText(const std::string& origin, uint64_t size, const std::string& root) {
  return absl::StrCat(origin, "\n", size, "\n", absl::Base64Escape(root), "\n");
}

}  // namespace bansos::testing
