// Subscription: LogService.Subscribe as a reactor. History first, in pages, then each event as it
// is committed; each once and in order. One page at a time is in memory, so a slow subscriber costs
// nothing but the time it lags. At the head it is parked, without a thread, until the next commit.
//
// Keeps itself alive from Start until gRPC is done with it. Thread-safe. What it refers to outlives
// it.
#ifndef GRPC_SUBSCRIPTION_H_
#define GRPC_SUBSCRIPTION_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "bansos/v1/log_service.pb.h"
#include "grpc/event_filter.h"
#include "grpc/parked_calls.h"
#include "grpc/service_parts.h"
#include "grpc/stream_registry.h"
#include "grpc/unary_call.h"

namespace bansos {

// A live subscriber that is this many events behind is in history again: more than a full group
// commit, which every live subscriber is behind for a moment.
inline constexpr uint64_t kFellBehindEvents = 2 * kMaxCommitEntries;

class Subscription final : public grpc::ServerWriteReactor<Bytes>,
                           public EndableStream,
                           public std::enable_shared_from_this<Subscription> {
 public:
  static Subscription* Start(const ServiceParts& parts, ParkedCalls& parked,
                             StreamRegistry& registry, const Bytes& request);
  Subscription(const ServiceParts& parts, ParkedCalls& parked, StreamRegistry& registry);

  void End(const absl::Status& status) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // All three on a worker, one at a time.
  absl::Status Begin(const Bytes& request);
  void Turn();
  absl::StatusOr<v1::SubscribeResponse> Next();

  void RunTurn();
  void Write(const v1::SubscribeResponse& response);
  void Park();
  v1::Milestone Here() const;

  const ServiceParts parts_;
  WorkerPool& lane_;
  ParkedCalls& parked_;
  StreamRegistry& registry_;
  const std::shared_ptr<CallLife> life_ = std::make_shared<CallLife>();
  uint64_t registered_ = 0;
  std::shared_ptr<Subscription> self_;

  // Used by one turn at a time.
  EventFilter filter_;
  uint64_t next_ = 0;
  bool live_ = false;
  Bytes outgoing_;  // gRPC's between StartWrite and OnWriteDone.

  absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace bansos

#endif  // GRPC_SUBSCRIPTION_H_
