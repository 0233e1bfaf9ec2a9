// Sha256Stream: SHA-256 of bytes that come in pieces. Not thread-safe.
#ifndef PROJECTIONS_SHA256_STREAM_H_
#define PROJECTIONS_SHA256_STREAM_H_

#include <memory>
#include <string_view>

#include "ledger/base/hash.h"
#include "openssl/evp.h"

namespace bansos {

class Sha256Stream {
 public:
  Sha256Stream();
  void Append(std::string_view bytes);
  // REQUIRES: called once, last.
  Hash Finish();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace bansos

#endif  // PROJECTIONS_SHA256_STREAM_H_
