// Fault: why an item or a request was refused, as the API tells it. Either a refusal of the domain
// (its table gives name, code and sentence) or a fault of shape that only the API can see, because
// it concerns what the log holds sealed.
#ifndef GRPC_FAULT_H_
#define GRPC_FAULT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "bansos/v1/common.pb.h"
#include "ledger/base/ids.h"
#include "ledger/domain/refusal.h"

namespace bansos {

struct Fault {
  std::string code;  // "QUOTA_EXCEEDED"
  std::string message;
  std::string field = {};
  absl::StatusCode status = absl::StatusCode::kInvalidArgument;
  std::optional<Position> position = {};
};

// Without `field`: the one that the refusal names, as its path in the API, if it names one alone.
Fault FaultOf(const Refusal& refusal, std::string field = {},
              std::optional<Position> position = std::nullopt);

// NOT_FOUND answers of queries; `code` is shown only as far as it can be one.
Fault ProgramUnknown(const std::string& code);
Fault RecipientUnknown(RecipientNumber recipient);

// "number 4711" for a detail; what is too large to be one, and so could be a NIK, is not repeated.
std::string Shown(RecipientNumber recipient);
Fault BatchUnknown();

// The fault of an item; of the request as a whole without an index.
v1::Refusal ToProto(const Fault& fault, std::optional<uint32_t> index);

// The error of a call that fails for this one fault.
absl::Status ToStatus(const Fault& fault);

}  // namespace bansos

#endif  // GRPC_FAULT_H_
