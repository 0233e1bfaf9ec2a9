// What a request to explain a figure asks for, checked and in the words of the views. Pure.
#ifndef GRPC_EXPLAIN_REQUEST_H_
#define GRPC_EXPLAIN_REQUEST_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "bansos/v1/audit_service.pb.h"
#include "bansos/v1/balance_service.pb.h"
#include "projections/figure_fold.h"

namespace bansos {

struct FigureQuestion {
  BalanceSubject subject;
  BalanceFigure figure = BalanceFigure::kAvailable;
  // The query of balances that shows the row, as of the same position.
  v1::GetBalancesRequest balances = {};
};

// INVALID_ARGUMENT names the field that is missing or does not fit the group.
absl::StatusOr<FigureQuestion> ReadFigureQuestion(const v1::ExplainRequest& request);

// The figure in the answer to question.balances. NOT_FOUND when the row is not there.
absl::StatusOr<int64_t> FigureIn(const v1::GetBalancesResponse& balances,
                                 const v1::ExplainRequest& request);

}  // namespace bansos

#endif  // GRPC_EXPLAIN_REQUEST_H_
