// SigningKey: an Ed25519 key that signs notes as C2SP says, written for the tests alone. A value.
#ifndef TESTS_TOOLS_VERIFY_SIGNING_KEY_H_
#define TESTS_TOOLS_VERIFY_SIGNING_KEY_H_

#include <memory>
#include <string>

#include <openssl/evp.h>

namespace bansos::testing {

class SigningKey {
 public:
  // The same name and seed byte always give the same key.
  SigningKey(std::string name, char seed);

  const std::string& name() const { return name_; }
  std::string vkey() const;
  // The note: text, blank line, signature line. `text` ends with a line feed.
  std::string Sign(const std::string& text) const;
  std::string SignatureLine(const std::string& text) const;

 private:
  std::string PublicKey() const;
  std::string KeyId() const;

  std::string name_;
  std::shared_ptr<EVP_PKEY> key_;
};

// Text of a checkpoint.
std::string CheckpointText(const std::string& origin, uint64_t size, const std::string& root);

}  // namespace bansos::testing

#endif  // TESTS_TOOLS_VERIFY_SIGNING_KEY_H_
