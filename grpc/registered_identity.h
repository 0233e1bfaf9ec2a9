// What is registered of recipients, as sealed in the log: for comparing with what a request states.
// Thread-safe; blocks on the disk, so only on workers. Nothing of it may go into the log in clear.
#ifndef GRPC_REGISTERED_IDENTITY_H_
#define GRPC_REGISTERED_IDENTITY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bansos/ledger/v1/sealed.pb.h"
#include "grpc/read_path.h"
#include "grpc/sealing.h"
#include "ledger/base/ids.h"
#include "ledger/log/event_log.h"

namespace bansos {

// The identity that the event at `position` holds: a registration or a correction. DATA_LOSS when
// it is another event or does not open.
absl::StatusOr<ledger::v1::SealedIdentity> ReadIdentityAt(const EventLog& log,
                                                          const Sealing& sealing,
                                                          RecipientNumber recipient,
                                                          Position position);

struct RegisteredName {
  Position position;  // of the identity
  std::string name;
};

// The names that stand for `recipients`, one for each; absent where nobody is registered.
absl::StatusOr<std::vector<std::optional<RegisteredName>>> ReadRegisteredNames(
    const ReadPath& reads, const EventLog& log, const Sealing& sealing,
    const std::vector<RecipientNumber>& recipients);

}  // namespace bansos

#endif  // GRPC_REGISTERED_IDENTITY_H_
