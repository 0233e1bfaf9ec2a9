#include "grpc/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "grpc/limits.h"
#include "ledger/base/endian.h"
#include "ledger/base/hash.h"

namespace bansos {
namespace {

constexpr size_t kCheckBytes = 16;

std::string CheckOf(std::string_view scope, std::string_view body) {
  const Hash hash = Sha256(absl::StrCat(std::string(body), "\n", std::string(scope)));
  return std::string(AsBytes(hash).substr(0, kCheckBytes));
}

}  // namespace

std::string EncodePageToken(std::string_view scope, const PageToken& token) {
  std::string body;
  AppendU64(body, token.position);
  for (const uint64_t number : token.key) AppendU64(body, number);
  return absl::WebSafeBase64Escape(CheckOf(scope, body) + body);
}

absl::StatusOr<PageToken> DecodePageToken(std::string_view scope, std::string_view text,
                                          size_t key_size) {
  const size_t body_size = sizeof(uint64_t) * (1 + key_size);
  std::string bytes;
  if (text.size() <= 4 * (kCheckBytes + body_size) &&
      absl::WebSafeBase64Unescape(absl::string_view(text.data(), text.size()), &bytes) &&
      bytes.size() == kCheckBytes + body_size) {
    const std::string_view body = std::string_view(bytes).substr(kCheckBytes);
    if (CheckOf(scope, body) == bytes.substr(0, kCheckBytes)) {
      PageToken token{.position = LoadBigEndian<uint64_t>(body)};
      for (size_t i = 1; i <= key_size; ++i) {
        token.key.push_back(LoadBigEndian<uint64_t>(body.substr(i * sizeof(uint64_t))));
      }
      return token;
    }
  }
  return absl::InvalidArgumentError(
      "page_token is not one that this query gave: it belongs to another query or is damaged. Ask "
      "for the first page with an empty page_token and keep all other fields the same.");
}

uint32_t PageRows(uint32_t page_size) {
  if (page_size == 0) return kDefaultPageRows;
  return std::min(page_size, kMaxPageRows);
}

}  // namespace bansos
