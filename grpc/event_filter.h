// EventFilter: which events a reader of the log wants to see. An event passes when it meets each
// part that is not empty. Immutable; any thread.
#ifndef GRPC_EVENT_FILTER_H_
#define GRPC_EVENT_FILTER_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "bansos/v1/log_service.pb.h"
#include "ledger/domain/event.h"

namespace bansos {

class EventFilter {
 public:
  // INVALID_ARGUMENT names a type that event.proto does not have.
  static absl::StatusOr<EventFilter> Make(const v1::EventFilter& filter);

  // Lets everything pass.
  bool empty() const { return types_.empty() && programs_.empty() && recipients_.empty(); }

  bool Passes(const EventBody& body) const;

 private:
  absl::flat_hash_set<std::string> types_;
  absl::flat_hash_set<std::string> programs_;
  absl::flat_hash_set<uint64_t> recipients_;
};

}  // namespace bansos

#endif  // GRPC_EVENT_FILTER_H_
