// Page tokens: where the next page of a query begins, opaque to the caller. A token belongs to the
// query whose first page gave it: it carries a check over method and filter, and one that was made
// up, damaged or taken from another query is refused (INVALID_ARGUMENT). Not secret, no personal
// data, good across restarts. Pure.
#ifndef GRPC_PAGE_TOKEN_H_
#define GRPC_PAGE_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace bansos {

struct PageToken {
  uint64_t position = 0;           // At which the first page is true.
  std::vector<uint64_t> key = {};  // Of the last row shown, in the query's own order.
};

// Names a query: its method and all that it asks for, also as of when, but neither where the page
// begins nor how long it is.
template <typename Request>
std::string PageScope(Request request) {
  if (request.read().as_of_case() == 0) request.clear_read();
  request.clear_page_size();
  request.clear_page_token();
  return Request::descriptor()->full_name() + '\n' + request.SerializeAsString();
}

std::string EncodePageToken(std::string_view scope, const PageToken& token);

// REQUIRES of a good token: `key_size` numbers in its key.
absl::StatusOr<PageToken> DecodePageToken(std::string_view scope, std::string_view text,
                                          size_t key_size);

// Rows of a page: what the caller asks for, within the server's bounds.
uint32_t PageRows(uint32_t page_size);

}  // namespace bansos

#endif  // GRPC_PAGE_TOKEN_H_
