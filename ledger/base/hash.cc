// The low-level calls are deprecated in OpenSSL 3 but three times faster for short inputs than
// EVP_Digest (two-block message: 99 ns against 358 ns on the reference machine).
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/base/hash.h"

#include <openssl/sha.h>

namespace bansos {

Hash Sha256(std::string_view bytes) {
  Hash hash;
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(hash.data(), &context);
  return hash;
}

}  // namespace bansos
