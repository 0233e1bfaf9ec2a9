#include "tools/bansos-verify/tree/sha256.h"

#define OPENSSL_SUPPRESS_DEPRECATED  // the low-level calls, on purpose: see the header
#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/escaping.h"

namespace bansos::verify {
namespace {

constexpr uint8_t kLeafPrefix = 0;
constexpr uint8_t kNodePrefix = 1;

}  // namespace

Hash Sha256(std::string_view bytes) {
  SHA256_CTX context;
  Hash hash;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

Hash LeafHash(std::string_view entry) {
  SHA256_CTX context;
  Hash hash;
  SHA256_Init(&context);
  SHA256_Update(&context, &kLeafPrefix, 1);
  SHA256_Update(&context, entry.data(), entry.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

Hash NodeHash(const Hash& left, const Hash& right) {
  std::array<uint8_t, 1 + 2 * kHashBytes> message;
  message[0] = kNodePrefix;
  std::ranges::copy(left, message.begin() + 1);
  std::ranges::copy(right, message.begin() + 1 + kHashBytes);
  SHA256_CTX context;
  Hash hash;
  SHA256_Init(&context);
  SHA256_Update(&context, message.data(), message.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

Hash HashFrom(std::string_view bytes) {
  Hash hash;
  std::copy_n(bytes.begin(), kHashBytes, hash.begin());
  return hash;
}

std::string Hex(const Hash& hash) {
  return absl::BytesToHexString({Bytes(hash).data(), Bytes(hash).size()});
}

}  // namespace bansos::verify
