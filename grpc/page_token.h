// Page tokens: where the next page of a query begins, opaque to the caller.
//
//   token := web-safe base64 of: check (16) || position u64 || place
//   check := BLAKE2b-16 of position, place and the question, under a key of the ledger's vault
//
// A token belongs to the question whose first page gave it and to the ledger that gave it: one that
// was changed, made up, or taken from another question or ledger is refused (INVALID_ARGUMENT). It
// is not secret, holds no personal data and is good across restarts. Thread-safe.
#ifndef GRPC_PAGE_TOKEN_H_
#define GRPC_PAGE_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "ledger/vault/secret_key.h"

namespace bansos {

// Bytes of a place: the order of every list is told by a few numbers or a short code.
inline constexpr size_t kMaxPlaceBytes = 128;

struct PageToken {
  uint64_t position = 0;   // At which the first page is true.
  std::string place = {};  // Where the page begins, in the list's own order and its own bytes.
};

// A place of nothing but numbers.
std::string PlaceOf(absl::Span<const uint64_t> numbers);

// The numbers of such a place. INVALID_ARGUMENT unless there are `count` (another version of the
// program may have made it).
absl::StatusOr<std::vector<uint64_t>> NumbersOf(std::string_view place, size_t count);

// Names a question: its method and all that it asks for, also as of when, but neither where the
// page begins nor how long it is.
template <typename Request>
std::string PageScope(Request request) {
  if (request.read().as_of_case() == 0) request.clear_read();
  request.clear_page_size();
  request.clear_page_token();
  return Request::descriptor()->full_name() + '\n' + request.SerializeAsString();
}

class PageTokens {
 public:
  explicit PageTokens(const SecretKey& key) : key_(key) {}

  // REQUIRES: a place of at most kMaxPlaceBytes.
  std::string Encode(std::string_view scope, const PageToken& token) const;

  // INVALID_ARGUMENT unless this ledger gave the token to this question.
  absl::StatusOr<PageToken> Decode(std::string_view scope, std::string_view text) const;

 private:
  std::string CheckOf(std::string_view scope, std::string_view body) const;

  const SecretKey key_;
};

// Rows of a page: what the caller asks for, within the server's bounds.
uint32_t PageRows(uint32_t page_size);

}  // namespace bansos

#endif  // GRPC_PAGE_TOKEN_H_
