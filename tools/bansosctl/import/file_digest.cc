#include "tools/bansosctl/import/file_digest.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/base/check.h"
#include "ledger/base/status_macros.h"
#include "openssl/evp.h"
#include "tools/bansosctl/csv/byte_source.h"
#include "tools/bansosctl/csv/limits.h"

namespace bansos {

absl::StatusOr<std::string> FileSha256(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ByteSource> source, OpenFileSource(path));
  if (!source->size().has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " can be read only once: save it as a file, since it is read twice"));
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       &EVP_MD_CTX_free);
  CHECK(digest != nullptr && EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) == 1);
  std::vector<char> buffer(kCsvChunkBytes);
  while (true) {
    ASSIGN_OR_RETURN(const size_t length, source->Read(buffer.data(), buffer.size()));
    if (length == 0) break;
    CHECK(EVP_DigestUpdate(digest.get(), buffer.data(), length) == 1);
  }
  std::string bytes(32, '\0');
  unsigned int size = 0;
  CHECK(EVP_DigestFinal_ex(digest.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) ==
            1 &&
        size == bytes.size());
  return bytes;
}

}  // namespace bansos
