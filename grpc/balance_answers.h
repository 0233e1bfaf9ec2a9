// Balances as answers show them: by programme, tranche, batch or area from the balance view, by
// recipient from the recipient view.
#ifndef GRPC_BALANCE_ANSWERS_H_
#define GRPC_BALANCE_ANSWERS_H_

#include "absl/status/statusor.h"
#include "bansos/v1/balance_service.pb.h"
#include "grpc/call_life.h"
#include "grpc/page_scan.h"
#include "grpc/service_parts.h"
#include "projections/figure_fold.h"

namespace bansos {

// INVALID_ARGUMENT for a group or a filter that does not fit it.
absl::Status CheckBalanceRequest(const v1::GetBalancesRequest& request);

// A page of a group other than recipients. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::GetBalancesResponse> GroupBalances(const Views& views,
                                                      const v1::GetBalancesRequest& request,
                                                      PageScan& scan);

// The one row of such a group, if it is there. NOT_FOUND when the programme is unknown.
absl::StatusOr<v1::GetBalancesResponse> GroupBalance(const Views& views,
                                                     const BalanceSubject& subject);

// A page of recipients, all pages true at the position of the first: who has moved since is shown
// as the recipient's own chain says. Blocks on the log; ends CANCELLED with the call.
absl::StatusOr<v1::GetBalancesResponse> RecipientBalances(const ServiceParts& parts,
                                                          const Moment& moment,
                                                          const v1::GetBalancesRequest& request,
                                                          const CallLife& life);

}  // namespace bansos

#endif  // GRPC_BALANCE_ANSWERS_H_
