#include "grpc/balance_service.h"

#include <utility>

#include "grpc/balance_answers.h"

namespace bansos {

void BalanceService::Get(v1::GetBalancesRequest request, const Caller& caller,
                         Answer<v1::GetBalancesResponse> answer) {
  if (absl::Status status = CheckBalanceRequest(request); !status.ok()) return answer(status);
  if (request.group_by() == v1::BALANCE_GROUP_RECIPIENT) {
    return parts_.reads.QueryPage<v1::GetBalancesResponse>(
        request, caller,
        [this, request, life = caller.life](const Moment& moment) {
          return RecipientBalances(parts_, moment, request, *life);
        },
        std::move(answer));
  }
  parts_.reads.AskPage<v1::GetBalancesRequest, v1::GetBalancesResponse>(
      request, caller,
      [request](const Views& views, PageScan& scan) { return GroupBalances(views, request, scan); },
      std::move(answer));
}

}  // namespace bansos
