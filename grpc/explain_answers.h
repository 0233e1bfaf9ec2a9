// ExplainAnswers: the events behind one figure of one row of balances (AuditService.Explain). The
// events come from the log, the figure from the views; where the two differ the call fails and
// tells both (DATA_LOSS), because one of them is wrong.
//
// Threads: any. Owner: AuditService; the parts outlive it.
#ifndef GRPC_EXPLAIN_ANSWERS_H_
#define GRPC_EXPLAIN_ANSWERS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "bansos/v1/audit_service.pb.h"
#include "grpc/explain_request.h"
#include "grpc/explanations.h"
#include "grpc/scan_stream.h"
#include "grpc/service_parts.h"
#include "grpc/unary_call.h"

namespace bansos {

class ExplainAnswers {
 public:
  explicit ExplainAnswers(const ServiceParts& parts);

  // Blocks on the log, so only on a worker; a caller who has gone ends it. Tells how far a scan is;
  // a recipient's chain has no known length.
  void Ask(const v1::ExplainRequest& request, const Caller& caller, TellProgress tell,
           Answer<v1::ExplainResponse> answer);

 private:
  // What every page of an answer has in common.
  struct Place {
    uint64_t size = 0;   // the position that it is true at
    int64_t figure = 0;  // as the views have it there
    uint64_t rank = 0;   // of the first event of this page
  };

  // That of the request's page token: rank of the page's first event, figure of the first page.
  absl::StatusOr<Place> ReadPlace(const v1::ExplainRequest& request) const;
  absl::StatusOr<v1::ExplainResponse> Page(const v1::ExplainRequest& request,
                                           const FigureQuestion& question, const Place& place,
                                           const CallLife& life, const TellProgress& tell);
  absl::Status Scan(const FigureQuestion& question, uint64_t size, const CallLife& life,
                    const TellProgress& tell, ChangeVisitor visit) const;
  // Adds events from place.rank on; the rank of the next page's first.
  absl::StatusOr<uint64_t> AddEvents(const v1::ExplainRequest& request, const Place& place,
                                     const Explanation& explanation,
                                     v1::ExplainResponse& response) const;
  absl::Status AddProof(uint64_t size, v1::ExplainedEvent& event) const;
  absl::Status AddRoot(uint64_t size, v1::ExplainResponse& response) const;

  const ServiceParts parts_;
  Explanations explanations_;
};

}  // namespace bansos

#endif  // GRPC_EXPLAIN_ANSWERS_H_
