// ForEachPage: follows all pages of a query. The next page is fetched while the present one is
// used.
#ifndef TOOLS_BANSOSCTL_CLIENT_PAGES_H_
#define TOOLS_BANSOSCTL_CLIENT_PAGES_H_

#include <functional>
#include <future>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ledger/base/status_macros.h"
#include "tools/bansosctl/client/connection.h"

namespace bansos {

// The most rows that the server puts on one page.
inline constexpr uint32_t kPageRowsMax = 8192;

// `use` gets each page; false stops. Request needs page_token, Response next_page_token.
template <typename Stub, typename Request, typename Response>
absl::Status ForEachPage(Connection& connection,
                         grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                         Request request,
                         std::type_identity_t<std::function<absl::StatusOr<bool>(Response)>> use) {
  const auto fetch = [&connection, method](Request page_request) {
    return std::async(std::launch::async,
                      [&connection, method, page_request = std::move(page_request)] {
                        return connection.Call(method, page_request);
                      });
  };
  std::future<absl::StatusOr<Response>> next = fetch(request);
  while (true) {
    ASSIGN_OR_RETURN(Response page, next.get());
    const std::string token = page.next_page_token();
    if (!token.empty()) {
      request.set_page_token(token);
      next = fetch(request);
    }
    ASSIGN_OR_RETURN(const bool more, use(std::move(page)));
    if (!more || token.empty()) return absl::OkStatus();
  }
}

}  // namespace bansos

#endif  // TOOLS_BANSOSCTL_CLIENT_PAGES_H_
